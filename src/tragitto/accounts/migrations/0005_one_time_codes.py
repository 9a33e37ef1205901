"""Codes that are good once, for people without a password."""

from django.db import migrations, models

import tragitto.kernel.fields


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_people_have_phones")]

    operations = [
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("address_digest", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=8)),
                ("asked_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "db_table": "one_time_code",
            },
        ),
        migrations.AddIndex(
            model_name="onetimecode",
            index=models.Index(fields=["asked_at"], name="one_time_code_by_age"),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.UniqueConstraint(
                condition=models.Q(("used_at", None), ("voided_at", None)),
                fields=("address_digest",),
                name="one_time_code_one_live_per_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("asked_at"))),
                name="one_time_code_ends_after_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tries__lt", 5), models.Q(("tries", 5), ("voided_at__isnull", False)), _connector="OR"
                ),
                name="one_time_code_void_after_too_many_tries",
            ),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("used_at__isnull", True),
                    models.Q(("used_at__lt", models.F("ends_at")), ("voided_at__isnull", True)),
                    _connector="OR",
                ),
                name="one_time_code_used_while_good",
            ),
        ),
        migrations.AddConstraint(
            model_name="onetimecode",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ("it", "fr", "ar", "en"))),
                name="one_time_code_language_known",
            ),
        ),
    ]
