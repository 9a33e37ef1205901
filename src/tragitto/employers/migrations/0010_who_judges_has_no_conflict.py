"""Nobody judges a finding in a case in which they have a conflict of interest."""

from django.db import migrations

HOLD = """
CREATE FUNCTION judgement_without_conflict() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT statement.has_conflict FROM expression_finding finding
        JOIN expression_version version ON version.id = finding.version_id
        JOIN expression ON expression.id = version.expression_id
        JOIN case_conflict_statement statement
            ON statement.case_id = expression.case_id AND statement.officer = NEW.reviewer
        WHERE finding.id = NEW.finding_id ORDER BY statement.number DESC LIMIT 1)
    THEN
        RAISE EXCEPTION 'who has a conflict of interest in a case abstains from it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER judgement_without_conflict BEFORE INSERT ON expression_judgement
    FOR EACH ROW EXECUTE FUNCTION judgement_without_conflict();
"""
RELEASE = """
DROP TRIGGER judgement_without_conflict ON expression_judgement;
DROP FUNCTION judgement_without_conflict();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_who_is_responsible_and_who_abstains"),
        ("employers", "0011_an_enquiry_is_sent_once"),
    ]
    operations = [migrations.RunSQL(HOLD, RELEASE)]
