"""Papers lie beside their draft until it is sent, and go with it; what was co-signed says in which language."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

TAKE = """
DROP TRIGGER filing_draft_paper_stays ON filing_draft_paper;
UPDATE filing_draft_paper SET sha256 = document.sha256, size = document.size
FROM document WHERE document.id = filing_draft_paper.document_id;
"""
GIVE_BACK = """
CREATE TRIGGER filing_draft_paper_stays BEFORE INSERT OR UPDATE OR DELETE ON filing_draft_paper
    FOR EACH ROW EXECUTE FUNCTION filing_draft_paper_stays();
"""
# Once sent, one thing is still to happen to a paper: its content becomes the document of the same hash.
HOLD = """
CREATE FUNCTION filing_draft_paper_becomes_document() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.document_id IS NULL AND NEW.document_id IS NOT NULL
        AND (NEW.draft_id, NEW.code, NEW.kind, NEW.name, NEW.sha256, NEW.size, NEW.reading, NEW.added_at)
            IS NOT DISTINCT FROM
            (OLD.draft_id, OLD.code, OLD.kind, OLD.name, OLD.sha256, OLD.size, OLD.reading, OLD.added_at)
        AND EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id AND sha256 = NEW.sha256)
    THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM filing_draft WHERE sent_at IS NOT NULL
        AND id = ANY(ARRAY[CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.draft_id END,
                           CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE NEW.draft_id END]))
    THEN
        RAISE EXCEPTION 'the papers of what was sent on line are not changed any more'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER filing_draft_paper_becomes_document BEFORE INSERT OR UPDATE OR DELETE ON filing_draft_paper
    FOR EACH ROW EXECUTE FUNCTION filing_draft_paper_becomes_document();
"""
RELEASE = """
DROP TRIGGER filing_draft_paper_becomes_document ON filing_draft_paper;
DROP FUNCTION filing_draft_paper_becomes_document();
"""


class Migration(migrations.Migration):
    dependencies = [("employers", "0007_what_waits_for_its_receipt")]
    operations = [
        migrations.AddField("draftpaper", "sha256", models.CharField(max_length=64, default="")),
        migrations.AddField("draftpaper", "size", models.PositiveBigIntegerField(default=0)),
        migrations.AddField("draftpaper", "content", models.BinaryField(null=True)),
        migrations.RunSQL(TAKE, GIVE_BACK),
        migrations.AlterField("draftpaper", "sha256", models.CharField(max_length=64)),
        migrations.AlterField("draftpaper", "size", models.PositiveBigIntegerField()),
        migrations.AlterField(
            "draftpaper",
            "document",
            models.ForeignKey(
                "records.Document",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draft_papers",
                null=True,
                blank=True,
            ),
        ),
        migrations.RemoveConstraint("draftpaper", "draft_paper_once_per_content"),
        migrations.AddConstraint(
            "draftpaper",
            models.UniqueConstraint(fields=["draft", "sha256"], name="draft_paper_once_per_content"),
        ),
        migrations.AddConstraint(
            "draftpaper",
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="draft_paper_hash_is_sha256"
            ),
        ),
        migrations.AddConstraint(
            "draftpaper",
            models.CheckConstraint(
                condition=Q(content__isnull=True, document__isnull=False)
                | Q(content__isnull=False, document__isnull=True),
                name="draft_paper_lies_in_one_place",
            ),
        ),
        migrations.RunSQL(HOLD, RELEASE),
        migrations.AddField(
            "cosignature", "language", models.CharField(max_length=8, blank=True, default="")
        ),
        migrations.AlterField(
            "cosignature", "means", models.CharField(max_length=200, blank=True, default="")
        ),
    ]
