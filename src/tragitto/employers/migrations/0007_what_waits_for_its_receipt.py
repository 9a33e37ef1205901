"""What was sent on line is waited for until it has its receipt, whatever else was done."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0009_letters_leave_and_arrive")]

    operations = [
        migrations.RemoveIndex(model_name="submission", name="submission_not_yet_registered"),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(printed_receipt__isnull=True),
                fields=["received_at", "id"],
                name="submission_without_receipt",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(receipt__isnull=True, printed_receipt__isnull=True)
                | models.Q(receipt__isnull=False, printed_receipt__isnull=False, message__isnull=False),
                name="submission_receipt_after_its_number",
            ),
        ),
    ]
