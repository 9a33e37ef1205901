"""Who asks by telephone may have no e-mail address; one way to be called back there must be."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("employers", "0017_a_signature_reaches_what_its_sender_sent")]
    operations = [
        migrations.AlterField("enquiry", "contact_email", models.EmailField(blank=True, max_length=254)),
        migrations.AddConstraint(
            "enquiry",
            models.CheckConstraint(
                condition=~Q(contact_email="") | ~Q(contact_phone=""), name="enquiry_can_be_answered"
            ),
        ),
    ]
