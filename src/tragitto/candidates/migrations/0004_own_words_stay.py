"""A person's own words are kept apart from the office's text, and nobody else ever overwrites them."""

from django.db import migrations, models
from django.db.models import Q

#: Table, and its columns: the words, whether they are the person's own, the office's text.
TABLES = (
    ("candidate_profile", "words", "words_are_own", "tidied"),
    ("candidate_experience", "words", "words_are_own", "tidied"),
    ("candidate", "about", "about_is_own", "about_tidied"),
)
# Own words are changed by nobody but their person, who says so by the same column; and what tidies a text
# does not touch the words beside it.
GUARD = """
CREATE FUNCTION own_words_stay() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
BEGIN
    IF before -> TG_ARGV[0] = after -> TG_ARGV[0] AND before -> TG_ARGV[1] = after -> TG_ARGV[1] THEN
        RETURN NEW;
    END IF;
    IF (before ->> TG_ARGV[1])::boolean AND before ->> TG_ARGV[0] <> ''
        AND NOT (after ->> TG_ARGV[1])::boolean THEN
        RAISE EXCEPTION 'a person''s own words are not overwritten by others'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'own_words_stay';
    END IF;
    IF before -> TG_ARGV[2] <> after -> TG_ARGV[2] THEN
        RAISE EXCEPTION 'what tidies a text does not touch the words beside it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'own_words_stay';
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = "\n".join(
    f"CREATE TRIGGER {table}_own_words_stay BEFORE UPDATE OF {words}, {own} ON {table}"
    f" FOR EACH ROW EXECUTE FUNCTION own_words_stay('{words}', '{own}', '{tidied}');"
    for table, words, own, tidied in TABLES
)
UNDO = "\n".join(f"DROP TRIGGER {table}_own_words_stay ON {table};" for table, *_columns in TABLES)


def _tidied(model, condition, name):
    constraint = models.CheckConstraint(condition=condition, name=name)
    return migrations.AddConstraint(model_name=model, constraint=constraint)


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0003_what_a_list_of_names_said"),
    ]

    operations = [
        migrations.AddField(
            model_name="candidateprofile",
            name="words_are_own",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            model_name="experience",
            name="words_are_own",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            model_name="candidate",
            name="about_is_own",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            model_name="candidate",
            name="about_tidied_by",
            field=models.CharField(max_length=64, blank=True, default="", db_default=""),
        ),
        _tidied("candidateprofile", Q(tidied_by="") | ~Q(tidied=""), "candidate_profile_tidied_by_somebody"),
        _tidied("experience", Q(tidied_by="") | ~Q(tidied=""), "experience_tidied_by_somebody"),
        _tidied(
            "candidate", Q(about_tidied_by="") | ~Q(about_tidied=""), "candidate_about_tidied_by_somebody"
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.CheckConstraint(
                condition=Q(begins_on__day=1) & (Q(ends_on=None) | Q(ends_on__day=1)),
                name="experience_in_whole_months",
            ),
        ),
        migrations.RunSQL(f"{GUARD}\n{TRIGGERS}", f"{UNDO}\nDROP FUNCTION own_words_stay();"),
    ]
