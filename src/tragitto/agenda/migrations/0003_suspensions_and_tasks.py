"""Terms that stand still for a while, and tasks that are promises of ours."""

import django.db.models.deletion
from django.db import migrations, models

import tragitto.kernel.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_cache_table"),
        ("agenda", "0002_deadlines_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=80)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("law_rows", models.JSONField(default=list)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=64)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                ("lifted_by", models.CharField(blank=True, default="", max_length=64)),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="agenda.deadline",
                    ),
                ),
            ],
            options={
                "db_table": "deadline_suspension",
                "constraints": [
                    models.UniqueConstraint(fields=("deadline", "number"), name="suspension_once_per_number"),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("deadline",),
                        name="suspension_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="suspension_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ends_on__isnull", True), ("lifted_at__isnull", True), ("lifted_by", "")
                            ),
                            models.Q(
                                ("ends_on__isnull", False),
                                ("lifted_at__isnull", False),
                                models.Q(("lifted_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="suspension_lifted_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", tragitto.kernel.fields.CodeField(max_length=64, unique=True)),
                ("subject", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("assignee", models.CharField(blank=True, default="", max_length=64)),
                ("due_at", models.DateTimeField()),
                ("reasons", models.JSONField(default=list)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=64)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("escalated_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("done_by", models.CharField(blank=True, default="", max_length=64)),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "task",
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["holder", "due_at"],
                        name="task_open_by_holder",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=("subject", "kind"),
                        name="task_open_once_per_subject_and_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("done_by", "")),
                            models.Q(("done_at__isnull", False), models.Q(("done_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="task_done_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("escalated_at__isnull", True), ("level", 0)),
                            models.Q(("escalated_at__isnull", False), ("level__gt", 0)),
                            _connector="OR",
                        ),
                        name="task_escalated_at_a_moment",
                    ),
                ],
            },
        ),
    ]
