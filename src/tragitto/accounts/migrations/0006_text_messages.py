"""Text messages, written down before they leave."""

from django.db import migrations, models

import tragitto.kernel.fields


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_one_time_codes")]

    operations = [
        migrations.CreateModel(
            name="TextMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("key", models.CharField(max_length=200, unique=True)),
                ("number", models.CharField(max_length=16)),
                ("sealed", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("uncertain", "uncertain"),
                        ],
                        max_length=32,
                    ),
                ),
                ("state_since", models.DateTimeField()),
                ("asked_at", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("detail", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "text_message",
            },
        ),
        migrations.AddIndex(
            model_name="textmessage",
            index=models.Index(fields=["state", "asked_at"], name="text_message_by_state"),
        ),
        migrations.AddConstraint(
            model_name="textmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "sending", "sent", "failed", "uncertain"])),
                name="text_message_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="textmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True), name="text_message_has_a_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="textmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__regex", "^\\+[1-9][0-9]{6,14}$")),
                name="text_message_number_in_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="textmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("waiting", "sending")), models.Q(("sealed", ""), _negated=True)),
                    models.Q(models.Q(("state__in", ("waiting", "sending")), _negated=True), ("sealed", "")),
                    _connector="OR",
                ),
                name="text_message_words_kept_until_it_left",
            ),
        ),
    ]
