"""A search reads one table: its rows repeat status, place and days. They are made anew (indexing)."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

STATUSES = [
    "registering",
    "checking",
    "active",
    "paused",
    "reserved",
    "placed",
    "lapsed",
    "withdrawn",
    "not_admitted",
    "merged",
]


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0001_the_roster"),
    ]

    operations = [
        migrations.DeleteModel(name="SearchRow"),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "candidate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="candidates.candidate",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schemes.scheme"
                    ),
                ),
                (
                    "status",
                    models.CharField(choices=[(each, each) for each in STATUSES], max_length=32),
                ),
                ("place_at", models.DateTimeField()),
                ("available_from", models.DateField(null=True)),
                ("expires_on", models.DateField(null=True)),
                ("made_by", models.PositiveSmallIntegerField()),
                ("words", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "facts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=96), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "candidate_search",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="search_by_words"),
                    django.contrib.postgres.indexes.GinIndex(fields=["facts"], name="search_by_facts"),
                    models.Index(fields=["scheme", "place_at", "candidate"], name="search_in_order"),
                    models.Index(
                        fields=["scheme", "status", "place_at", "candidate"], name="search_in_order_of_status"
                    ),
                    models.Index(fields=["scheme", "expires_on"], name="search_by_expiry"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(status__in=STATUSES), name="search_row_status_is_known"
                    )
                ],
            },
        ),
    ]
