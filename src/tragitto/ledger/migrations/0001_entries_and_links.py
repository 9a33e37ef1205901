"""Entries, links, and the trigger that chains them as a transaction commits."""

import django.db.models.deletion
from django.db import migrations, models

import tragitto.kernel.fields

CHAIN = """
CREATE FUNCTION ledger_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last_position bigint;
    last_hash bytea;
BEGIN
    -- Taken at the very end of a transaction, after every other lock: no dead end, and held only
    -- while the commit is written.
    PERFORM pg_advisory_xact_lock(7218417442);
    SELECT position, hash INTO last_position, last_hash
        FROM ledger_link ORDER BY position DESC LIMIT 1;
    last_position := coalesce(last_position, 0);
    last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
    INSERT INTO ledger_link (position, entry_id, previous, hash)
        VALUES (last_position + 1, NEW.id, last_hash, sha256(last_hash || NEW.digest));
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_chained AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_chain();
"""
UNCHAIN = """
DROP TRIGGER ledger_entry_chained ON ledger_entry;
DROP FUNCTION ledger_chain();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("verb", models.CharField(max_length=64)),
                ("subject", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=64)),
                ("door", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("facts", models.JSONField(default=dict)),
                ("digest", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "ledger_entry",
                "indexes": [models.Index(fields=["subject", "id"], name="ledger_entry_by_subject")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="link", to="ledger.entry"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_link",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)), name="ledger_link_starts_at_one"
                    )
                ],
            },
        ),
        migrations.RunSQL(CHAIN, UNCHAIN),
    ]
