"""What was filed stays: versions, the place they make, whose expression it is, the positions it opened."""

from django.db import migrations

HOLD = """
CREATE FUNCTION expression_version_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
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

CREATE FUNCTION employer_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.code, NEW.codice_fiscale, NEW.known_since)
        IS DISTINCT FROM (OLD.id, OLD.code, OLD.codice_fiscale, OLD.known_since)
    THEN
        RAISE EXCEPTION 'an employer keeps its codice fiscale' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER employer_stays BEFORE UPDATE ON employer
    FOR EACH ROW EXECUTE FUNCTION employer_stays();

CREATE FUNCTION expression_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    instant timestamptz;
    identifier text := '';
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.id, NEW.code, NEW.call_id, NEW.employer_id, NEW.case_id)
        IS DISTINCT FROM (OLD.id, OLD.code, OLD.call_id, OLD.employer_id, OLD.case_id)
    THEN
        RAISE EXCEPTION 'an expression keeps its employer, its call and its case'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Versions never change, so what is asked here at each writing holds for good.
    SELECT version.instant, version.identifier INTO instant, identifier
        FROM expression_version version WHERE version.id = NEW.placed_id;
    IF (NEW.place_instant, NEW.place_identifier) IS DISTINCT FROM (instant, coalesce(identifier, '')) THEN
        RAISE EXCEPTION 'the place of an expression is that of the version that holds it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER expression_stays BEFORE INSERT OR UPDATE ON expression
    FOR EACH ROW EXECUTE FUNCTION expression_stays();

CREATE FUNCTION position_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'closed_at' <> to_jsonb(OLD) - 'closed_at'
        OR (OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at)
    THEN
        RAISE EXCEPTION 'a position is closed, once, and never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER position_stays BEFORE UPDATE ON position
    FOR EACH ROW EXECUTE FUNCTION position_stays();

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
DROP TRIGGER position_stays ON position;
DROP FUNCTION position_stays();
DROP TRIGGER expression_stays ON expression;
DROP FUNCTION expression_stays();
DROP TRIGGER employer_stays ON employer;
DROP FUNCTION employer_stays();
DROP TRIGGER expression_version_stays ON expression_version;
DROP FUNCTION expression_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_expressions_and_findings")]
    operations = [migrations.RunSQL(HOLD, RELEASE)]
