"""Triggers: a published call, its parts, and a published journey no longer change, whoever asks."""

from django.db import migrations

CALL_PARTS = ("call_window", "call_form", "call_criterion", "call_gap", "call_choice")
JOURNEY_PARTS = ("journey_stage", "journey_step")

FUNCTIONS = """
CREATE FUNCTION call_is_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.status = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    -- The one change left: it closes.
    IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status IN ('published', 'closed')
        AND to_jsonb(NEW) - 'status' - 'closed_at' = to_jsonb(OLD) - 'status' - 'closed_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the call % is published: only an amendment changes it', OLD.code
        USING ERRCODE = 'check_violation', CONSTRAINT = 'call_frozen_when_published';
END $$;

CREATE FUNCTION call_part_is_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    touched bigint[] := ARRAY[]::bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN touched := touched || OLD.call_id; END IF;
    IF TG_OP <> 'DELETE' THEN touched := touched || NEW.call_id; END IF;
    IF EXISTS (SELECT 1 FROM call WHERE id = ANY(touched) AND status <> 'draft') THEN
        RAISE EXCEPTION '% belongs to a published call: only an amendment changes it', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'call_part_frozen_when_published';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION journey_is_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.published_at IS NULL THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'the journey % version % is published: write a new version', OLD.code, OLD.version
        USING ERRCODE = 'check_violation', CONSTRAINT = 'journey_frozen_when_published';
END $$;

CREATE FUNCTION journey_part_is_frozen() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    touched bigint[] := ARRAY[]::bigint[];
BEGIN
    IF TG_OP <> 'INSERT' THEN touched := touched || OLD.journey_id; END IF;
    IF TG_OP <> 'DELETE' THEN touched := touched || NEW.journey_id; END IF;
    IF EXISTS (SELECT 1 FROM journey WHERE id = ANY(touched) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION '% belongs to a published journey: write a new version', TG_TABLE_NAME
            USING ERRCODE = 'check_violation', CONSTRAINT = 'journey_part_frozen_when_published';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER call_frozen BEFORE UPDATE OR DELETE ON call
    FOR EACH ROW EXECUTE FUNCTION call_is_frozen();
CREATE TRIGGER journey_frozen BEFORE UPDATE OR DELETE ON journey
    FOR EACH ROW EXECUTE FUNCTION journey_is_frozen();
"""


def _triggers() -> str:
    parts = [(table, "call_part_is_frozen") for table in CALL_PARTS]
    parts += [(table, "journey_part_is_frozen") for table in JOURNEY_PARTS]
    return "\n".join(
        f"CREATE TRIGGER {table}_frozen BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}();"
        for table, function in parts
    )


def _undo() -> str:
    tables = ("call", "journey", *CALL_PARTS, *JOURNEY_PARTS)
    dropped = "\n".join(f"DROP TRIGGER {table}_frozen ON {table};" for table in tables)
    functions = ("call_is_frozen", "call_part_is_frozen", "journey_is_frozen", "journey_part_is_frozen")
    return dropped + "\n" + "\n".join(f"DROP FUNCTION {name}();" for name in functions)


class Migration(migrations.Migration):
    dependencies = [("schemes", "0001_schemes_journeys_calls")]

    operations = [migrations.RunSQL(FUNCTIONS + _triggers(), _undo())]
