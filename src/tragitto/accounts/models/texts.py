"""Text messages to mobile telephones on their way out."""

from django.db import models
from django.db.models import Q

from tragitto.accounts.rules import PHONE
from tragitto.accounts.vocabulary import TextState
from tragitto.kernel.fields import CodeField, one_of, word_field


class TextMessage(models.Model):
    """A text message to be sent once: `key` names the reason, and the same reason never sends a second one.

    After a process was ended when the message was about to leave, nobody here can tell whether it did: then
    it is `uncertain`, and not sent again. `sealed` holds the words, which this house alone reads and which
    go as soon as the message has left or will not.
    """

    code = CodeField()
    key = models.CharField(max_length=200, unique=True)
    number = models.CharField(max_length=16)
    sealed = models.TextField(blank=True)
    state = word_field(TextState)
    state_since = models.DateTimeField()
    asked_at = models.DateTimeField()
    #: After this moment nobody needs it any more.
    until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: Codes and names of hosts, as the way out reported them; never what the message says, or to whom.
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "text_message"
        constraints = [
            one_of("state", TextState, name="text_message_state_known"),
            models.CheckConstraint(condition=~Q(key=""), name="text_message_has_a_key"),
            models.CheckConstraint(
                condition=Q(number__regex=PHONE.pattern), name="text_message_number_in_form"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=TextState.open()) & ~Q(sealed=""))
                | (~Q(state__in=TextState.open()) & Q(sealed="")),
                name="text_message_words_kept_until_it_left",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="text_message_by_state")]

    def __str__(self) -> str:
        return self.code
