"""An answer to each position, not to a firm; why seats changed late, and none fewer than live matches."""

from django.db import migrations, models

#: Who was asked before had answered for all positions of the firm; what was shown to it stays so.
FILL = """
UPDATE shortlisted SET due_on = asked.due_on,
    answer = asked.answer,
    answered_at = CASE WHEN asked.answer = '' THEN NULL
        ELSE greatest(asked.answered_at, shortlisted.published_at) END
FROM candidate_invitation AS asked
WHERE asked.id = shortlisted.invitation_id AND shortlisted.published_at IS NOT NULL;
"""
HOLD = """
CREATE FUNCTION seats_for_its_matches() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM match WHERE post_id = NEW.id AND ended_at IS NULL) > NEW.seats THEN
        RAISE EXCEPTION 'a post has no fewer seats than live matches'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER seats_for_its_matches AFTER UPDATE OF seats ON round_post FOR EACH ROW
    WHEN (NEW.seats < OLD.seats) EXECUTE FUNCTION seats_for_its_matches();
"""
LET_GO = """
DROP TRIGGER seats_for_its_matches ON round_post;
DROP FUNCTION seats_for_its_matches();
"""


class Migration(migrations.Migration):
    """The answer of a person on a shortlist, and the seats of a post under its matches."""

    dependencies = [
        ("candidates", "0009_a_photo_is_read_once"),
        ("selection", "0003_what_was_sent_is_locked"),
    ]

    operations = [
        migrations.AddField(
            model_name="shortlisted",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[("accepted", "accepted"), ("declined", "declined")],
                default="",
                max_length=32,
            ),
        ),
        migrations.AddField(
            model_name="shortlisted", name="answered_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="shortlisted", name="due_on", field=models.DateField(blank=True, null=True)
        ),
        migrations.AddConstraint(
            model_name="shortlisted",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["accepted", "declined", ""])),
                name="shortlisted_answer_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="shortlisted",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None)),
                    models.Q(
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__gte", models.F("published_at")),
                        ("published_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="shortlisted_answered_when_asked",
            ),
        ),
        migrations.AddField(
            model_name="roundpost", name="seats_ground", field=models.TextField(blank=True, default="")
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(HOLD, LET_GO),
    ]
