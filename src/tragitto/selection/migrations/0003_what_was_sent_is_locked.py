"""What was sent is locked, and no post has more live matches than seats; whichever program writes."""

from django.db import migrations

LOCK = """
CREATE FUNCTION selection_sent_is_locked() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'what was sent is locked'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER score_sheet_locked BEFORE UPDATE OR DELETE ON score_sheet FOR EACH ROW
    WHEN (OLD.sent_at IS NOT NULL) EXECUTE FUNCTION selection_sent_is_locked();
CREATE TRIGGER ranking_locked BEFORE UPDATE OR DELETE ON ranking FOR EACH ROW
    WHEN (OLD.sent_at IS NOT NULL) EXECUTE FUNCTION selection_sent_is_locked();

CREATE FUNCTION ranking_line_of_a_draft() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    wanted bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.ranking_id ELSE NEW.ranking_id END;
BEGIN
    PERFORM 1 FROM ranking WHERE id = wanted AND sent_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'what was sent is locked'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER ranking_line_of_a_draft BEFORE INSERT OR UPDATE OR DELETE ON ranking_line FOR EACH ROW
    EXECUTE FUNCTION ranking_line_of_a_draft();

CREATE FUNCTION match_within_seats() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    there smallint;
BEGIN
    -- The post is held, so that two people who confirm at once see each other's matches.
    SELECT seats INTO there FROM round_post WHERE id = NEW.post_id FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM match WHERE post_id = NEW.post_id AND ended_at IS NULL) > there THEN
        RAISE EXCEPTION 'a post has no more live matches than seats'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER match_within_seats AFTER INSERT OR UPDATE ON match FOR EACH ROW
    WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION match_within_seats();
"""
OPEN = """
DROP TRIGGER match_within_seats ON match;
DROP FUNCTION match_within_seats();
DROP TRIGGER ranking_line_of_a_draft ON ranking_line;
DROP FUNCTION ranking_line_of_a_draft();
DROP TRIGGER ranking_locked ON ranking;
DROP TRIGGER score_sheet_locked ON score_sheet;
DROP FUNCTION selection_sent_is_locked();
"""


class Migration(migrations.Migration):
    """Score sheets and rankings after they were sent; matches within the seats."""

    dependencies = [("selection", "0002_meetings_rankings_offers")]

    operations = [migrations.RunSQL(LOCK, OPEN)]
