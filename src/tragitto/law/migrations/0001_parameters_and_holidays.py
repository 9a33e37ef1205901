"""Parameters and holidays, and the range of codes that keeps two rows from answering for one day."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.functions.comparison
from django.db import migrations, models

import tragitto.kernel.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(
            'CREATE TYPE law_code_range AS RANGE (subtype = text, collation = "C")',
            "DROP TYPE law_code_range",
        ),
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("country", models.CharField(max_length=2)),
                ("subdivision", models.CharField(blank=True, max_length=16)),
                ("day", models.DateField()),
                ("name", models.CharField(max_length=160)),
                ("estimated", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "law_holiday",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("country", "subdivision", "day"), name="law_holiday_once_a_day_and_place"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="law_holiday_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Parameter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=96)),
                ("title", tragitto.kernel.fields.TextsField(default=dict)),
                ("unit", models.CharField(max_length=16)),
                ("value", models.TextField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("valid_until", models.DateField(null=True)),
                ("covered_from", models.DateField(null=True)),
                ("covered_until", models.DateField(null=True)),
                ("moment", models.CharField(blank=True, max_length=48)),
                ("direction", models.CharField(max_length=8)),
                ("act", models.CharField(max_length=96)),
                ("article", models.CharField(max_length=160)),
                ("confidence", models.CharField(max_length=1)),
                ("source", models.CharField(blank=True, max_length=48)),
                ("note", models.TextField(blank=True)),
                ("choice", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True)),
                ("not_found", models.TextField(blank=True)),
                ("digest", models.CharField(max_length=12)),
                ("loaded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "law_parameter",
                "indexes": [models.Index(fields=["code", "valid_from"], name="law_parameter_by_code")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("superseded_at", None)),
                        expressions=[
                            (
                                models.Func(
                                    models.F("code"),
                                    models.F("code"),
                                    models.Value("[]"),
                                    function="law_code_range",
                                    output_field=models.TextField(),
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Coalesce(
                                        "valid_from", "covered_from"
                                    ),
                                    django.db.models.functions.comparison.Least(
                                        "valid_until", "covered_until"
                                    ),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="law_parameter_one_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("code", "digest"),
                        name="law_parameter_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__has_keys", ["it", "fr", "ar", "en"])),
                        name="law_parameter_title_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="law_parameter_period_not_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("value__isnull", True), models.Q(("not_found", ""), _negated=True)),
                            models.Q(
                                ("not_found", ""),
                                ("value__isnull", False),
                                models.Q(
                                    ("valid_from__isnull", False),
                                    ("covered_from__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="law_parameter_known_or_said_unknown",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", True), models.Q(("reason", ""), _negated=True)),
                            models.Q(("choice", False), ("reason", "")),
                            _connector="OR",
                        ),
                        name="law_parameter_choice_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("act", ""), _negated=True), models.Q(("article", ""), _negated=True)
                        ),
                        name="law_parameter_cites_an_article",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                [
                                    "days",
                                    "working_days",
                                    "months",
                                    "years",
                                    "hours",
                                    "eur",
                                    "percent",
                                    "square_metres",
                                    "metres",
                                    "credits",
                                    "count",
                                    "fraction",
                                    "years_of_age",
                                    "lesson_hours",
                                    "cefr_level",
                                    "rule",
                                ],
                            )
                        ),
                        name="law_parameter_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["S", "L", "U"])),
                        name="law_parameter_confidence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at", None),
                            ("superseded_at__gte", models.F("loaded_at")),
                            _connector="OR",
                        ),
                        name="law_parameter_superseded_after_loading",
                    ),
                ],
            },
        ),
    ]
