"""A version is never overwritten, and an expression points at versions and a case of its own."""

from django.db import migrations

HOLD = """
CREATE FUNCTION expression_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.expression_id, NEW.number, NEW.message_id, NEW.instant, NEW.instant_kind,
        NEW.identifier, NEW.facts, NEW.received_at, NEW.received_by)
        IS DISTINCT FROM (OLD.expression_id, OLD.number, OLD.message_id, OLD.instant, OLD.instant_kind,
        OLD.identifier, OLD.facts, OLD.received_at, OLD.received_by)
    THEN
        RAISE EXCEPTION 'a version of an expression is never overwritten'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER expression_version_stays BEFORE UPDATE OR DELETE ON expression_version
    FOR EACH ROW EXECUTE FUNCTION expression_version_stays();

ALTER TABLE expression_version ADD CONSTRAINT version_of_one_expression UNIQUE (id, expression_id);
ALTER TABLE expression ADD CONSTRAINT expression_placed_by_its_own_version
    FOREIGN KEY (placed_id, id) REFERENCES expression_version (id, expression_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE expression ADD CONSTRAINT expression_reviews_its_own_version
    FOREIGN KEY (current_id, id) REFERENCES expression_version (id, expression_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE case_file ADD CONSTRAINT case_of_one_call UNIQUE (id, call_id);
ALTER TABLE expression ADD CONSTRAINT expression_case_of_its_own_call
    FOREIGN KEY (case_id, call_id) REFERENCES case_file (id, call_id) DEFERRABLE INITIALLY DEFERRED;
"""
RELEASE = """
ALTER TABLE expression DROP CONSTRAINT expression_case_of_its_own_call;
ALTER TABLE case_file DROP CONSTRAINT case_of_one_call;
ALTER TABLE expression DROP CONSTRAINT expression_reviews_its_own_version;
ALTER TABLE expression DROP CONSTRAINT expression_placed_by_its_own_version;
ALTER TABLE expression_version DROP CONSTRAINT version_of_one_expression;
DROP TRIGGER expression_version_stays ON expression_version;
DROP FUNCTION expression_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_expressions_and_findings")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]
