"""A suspension says how long it may last, and is lifted once; what it says never changes."""

from datetime import date, timedelta

from django.db import migrations, models

HOLD = """
CREATE FUNCTION deadline_suspension_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'ends_on' - 'lifted_at' - 'lifted_by'
        <> to_jsonb(OLD) - 'ends_on' - 'lifted_at' - 'lifted_by'
        OR OLD.ends_on IS NOT NULL
    THEN
        RAISE EXCEPTION 'a suspension is lifted, once, and never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deadline_suspension_stays BEFORE UPDATE ON deadline_suspension
    FOR EACH ROW EXECUTE FUNCTION deadline_suspension_stays();
"""
RELEASE = """
DROP TRIGGER deadline_suspension_stays ON deadline_suspension;
DROP FUNCTION deadline_suspension_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("agenda", "0003_suspensions_and_tasks")]
    operations = [
        migrations.AddField(
            model_name="suspension",
            name="limit_on",
            # Nothing was suspended before this release: the default fills no row.
            field=models.DateField(default=date(2024, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="suspension", name="interrupts", field=models.BooleanField(default=False)
        ),
        migrations.AddConstraint(
            model_name="suspension",
            constraint=models.CheckConstraint(
                condition=models.Q(limit_on__gte=models.F("starts_on") - timedelta(days=1)),
                name="suspension_limit_not_before_it_starts",
            ),
        ),
        migrations.RunSQL(HOLD, RELEASE),
    ]
