"""A letter says from where the case stood it left, when it arrived, or that it was dropped before."""

from django.db import migrations, models

FREE = ("document_id", "deadline", "recipient", "outgoing_id", "after_move", "reached_at", "reached_note")
WRITTEN = " ".join(f"- '{name}'" for name in (*FREE, "dropped_at", "dropped_by"))
SENT = " ".join(f"- '{name}'" for name in ("deadline", "after_move", "reached_at", "reached_note"))
HOLD = f"""
CREATE OR REPLACE FUNCTION letter_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) {WRITTEN} <> to_jsonb(OLD) {WRITTEN}
        OR (OLD.outgoing_id IS NOT NULL AND to_jsonb(NEW) {SENT} <> to_jsonb(OLD) {SENT})
        OR (OLD.after_move IS NOT NULL AND NEW.after_move IS DISTINCT FROM OLD.after_move)
        OR (OLD.reached_at IS NOT NULL
            AND (NEW.reached_at, NEW.reached_note) IS DISTINCT FROM (OLD.reached_at, OLD.reached_note))
        OR (OLD.dropped_at IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD))
    THEN
        RAISE EXCEPTION 'a letter that was sent is not changed any more'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION letter_stays() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF to_jsonb(NEW) - 'document_id' - 'deadline' - 'recipient' - 'outgoing_id'
        <> to_jsonb(OLD) - 'document_id' - 'deadline' - 'recipient' - 'outgoing_id'
        OR (OLD.outgoing_id IS NOT NULL AND to_jsonb(NEW) <> to_jsonb(OLD))
    THEN
        RAISE EXCEPTION 'a letter that was sent is not changed any more'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def field(name: str, kind: models.Field) -> migrations.AddField:  # type: ignore[type-arg]
    """One more column of the letters."""
    return migrations.AddField(model_name="letter", name=name, field=kind)


def hold(name: str, condition: models.Q) -> migrations.AddConstraint:
    """One more condition that letters never break."""
    return migrations.AddConstraint(
        model_name="letter", constraint=models.CheckConstraint(condition=condition, name=name)
    )


class Migration(migrations.Migration):
    dependencies = [("employers", "0006_drafts_are_begun_once")]
    operations = [
        field("after_move", models.PositiveIntegerField(blank=True, null=True)),
        field("reached_at", models.DateTimeField(blank=True, null=True)),
        field("reached_note", models.TextField(blank=True, default="")),
        field("dropped_at", models.DateTimeField(blank=True, null=True)),
        field("dropped_by", models.CharField(blank=True, default="", max_length=64)),
        hold(
            "letter_dropped_before_it_left",
            models.Q(("dropped_at__isnull", True), ("dropped_by", ""))
            | (
                models.Q(
                    ("dropped_at__isnull", False), ("outgoing__isnull", True), ("reached_at__isnull", True)
                )
                & ~models.Q(("dropped_by", ""))
            ),
        ),
        hold(
            "letter_left_from_a_place",
            models.Q(("outgoing__isnull", True), ("reached_at__isnull", True))
            | models.Q(("after_move__isnull", False)),
        ),
        hold(
            "letter_reached_in_a_way",
            models.Q(("reached_at__isnull", True))
            | models.Q(("outgoing__isnull", False))
            | ~models.Q(("reached_note", "")),
        ),
        migrations.RunSQL(HOLD, BEFORE),
    ]
