"""What went wrong with a message, or with a file that is no message yet."""

from django.db import models
from django.db.models import Q

from tragitto.kernel.fields import one_of, word_field
from tragitto.records.models.messages import Message
from tragitto.records.vocabulary import Problem, Step


class Trouble(models.Model):
    """A failure that a person sees at the desk: which step, of which message or file, how often."""

    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="troubles"
    )
    file_name = models.TextField(blank=True)
    step = word_field(Step, blank=True)
    problem = word_field(Problem)
    detail = models.CharField(max_length=200, blank=True)
    tries = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "message_trouble"
        constraints = [
            one_of("problem", Problem, name="trouble_problem_known"),
            one_of("step", Step, name="trouble_step_known", blank=True),
            models.CheckConstraint(
                condition=Q(message__isnull=False, file_name="")
                | (Q(message__isnull=True) & ~Q(file_name="")),
                name="trouble_about_message_or_file",
            ),
            models.UniqueConstraint(
                fields=["message", "step"],
                condition=Q(solved_at__isnull=True, message__isnull=False),
                name="trouble_once_per_step",
            ),
            models.UniqueConstraint(
                fields=["file_name"],
                condition=Q(solved_at__isnull=True, message__isnull=True),
                name="trouble_once_per_file",
            ),
        ]

    def __str__(self) -> str:
        return f"trouble {self.pk}"
