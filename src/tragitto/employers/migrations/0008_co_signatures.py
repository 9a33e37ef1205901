"""The legal representative may sign with the delegate on line; what was signed stays with what was sent."""

import django.db.models.deletion
from django.db import migrations, models

import tragitto.kernel.fields

HOLD = """
CREATE TRIGGER co_signature_stays BEFORE INSERT OR UPDATE OR DELETE ON co_signature
    FOR EACH ROW EXECUTE FUNCTION filing_draft_paper_stays();
"""
RELEASE = "DROP TRIGGER co_signature_stays ON co_signature;"


class Migration(migrations.Migration):
    dependencies = [("employers", "0005_what_was_sent_stays")]
    operations = [
        migrations.CreateModel(
            name="CoSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField()),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("sha256", models.CharField(blank=True, default="", max_length=64)),
                ("account", models.CharField(blank=True, default="", max_length=64)),
                ("codice_fiscale", models.CharField(blank=True, default="", max_length=16)),
                ("means", models.CharField(blank=True, default="", max_length=64)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "draft",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="co_signature",
                        to="employers.filingdraft",
                    ),
                ),
            ],
            options={
                "db_table": "co_signature",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("account", ""),
                            ("codice_fiscale", ""),
                            ("means", ""),
                            ("sha256", ""),
                            ("signed_at__isnull", True),
                        )
                        | (
                            models.Q(("sha256__regex", "^[0-9a-f]{64}$"), ("signed_at__isnull", False))
                            & ~models.Q(("account", ""))
                            & ~models.Q(("codice_fiscale", ""))
                            & ~models.Q(("means", ""))
                        ),
                        name="co_signature_signed_by_somebody",
                    )
                ],
            },
        ),
        migrations.RunSQL(HOLD, RELEASE),
    ]
