"""Whoever has a conflict of interest neither proposes nor decides that a late filing is admitted."""

from django.db import migrations

STAYS = """
CREATE OR REPLACE FUNCTION late_admission_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.decided_at IS NOT NULL OR NEW.version_id IS DISTINCT FROM OLD.version_id
        OR ((NEW.exception, NEW.reason, NEW.proposed_by, NEW.proposed_at)
                IS DISTINCT FROM (OLD.exception, OLD.reason, OLD.proposed_by, OLD.proposed_at){unless})
    THEN
        RAISE EXCEPTION 'a late filing is decided upon once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
# Whoever abstains has proposed nothing: somebody else may propose it in their place.
UNLESS = """
            AND NOT (NEW.proposed_by <> OLD.proposed_by AND NEW.decided_at IS NULL
                AND late_admission_abstains(OLD.version_id, OLD.proposed_by))"""
HOLD = """
CREATE FUNCTION late_admission_abstains(version bigint, person text) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT statement.has_conflict FROM expression_version filed
        JOIN expression ON expression.id = filed.expression_id
        JOIN case_conflict_statement statement
            ON statement.case_id = expression.case_id AND statement.officer = person
        WHERE filed.id = version ORDER BY statement.number DESC LIMIT 1), false)
$$;
CREATE FUNCTION late_admission_without_conflict() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF late_admission_abstains(NEW.version_id, NEW.proposed_by)
        OR late_admission_abstains(NEW.version_id, NEW.decided_by)
    THEN
        RAISE EXCEPTION 'who has a conflict of interest in a case abstains from it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER late_admission_without_conflict BEFORE INSERT OR UPDATE ON late_admission
    FOR EACH ROW EXECUTE FUNCTION late_admission_without_conflict();
"""
RELEASE = """
DROP TRIGGER late_admission_without_conflict ON late_admission;
DROP FUNCTION late_admission_without_conflict();
DROP FUNCTION late_admission_abstains(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_nobody_who_abstains_is_one_of_two"),
        ("employers", "0012_papers_of_drafts_can_go"),
    ]
    operations = [
        migrations.RunSQL(HOLD, RELEASE),
        migrations.RunSQL(STAYS.format(unless=UNLESS), STAYS.format(unless="")),
    ]
