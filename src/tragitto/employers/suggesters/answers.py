"""Says which notice of obstacles a message at the desk may answer."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from tragitto.employers import reading
from tragitto.employers.models import Letter
from tragitto.employers.takers import ANSWER
from tragitto.employers.vocabulary import LetterKind
from tragitto.records.models import Message, Outgoing
from tragitto.records.registries import SUGGESTERS, Suggestion

#: A message without a form that answers a notice says something against it; with one it may be a version.
WITHOUT_FORM, WITH_FORM = 97, 60
#: More names than a mail program writes are not looked for.
_MOST_NAMES = 50


@SUGGESTERS.register(ANSWER)
def which_notice_it_may_answer(message: Message) -> Sequence[Suggestion]:
    """The notices of obstacles, in cases still open, that the message answers by reply or by their code.

    Three queries.
    """
    names = [str(name) for name in (message.reference, *message.replies_to) if name][:_MOST_NAMES]
    spelt = [way for name in names for way in (name, f"<{name.strip('<>')}>")]
    words = [word.strip(".,;:()[]") for word in message.subject.split()]
    replied = Outgoing.objects.filter(message__message_id__in=spelt).values("pk")
    answered = Q(outgoing__in=replied) | Q(attempts__outgoing__in=replied)
    answered |= Q(expression__code__in=words) | Q(code__in=words)
    notices = Letter.objects.sent().filter(answered, kind=LetterKind.PREAVVISO_DI_RIGETTO).distinct()
    notices = notices.select_related("expression__employer", "expression__call")
    open_ones = notices.filter(expression__case__closed_at__isnull=True)
    has_form = any(file.named or file.printed for file in reading.files_of(message))
    return [
        Suggestion(
            where_code=letter.expression.code,
            label=f"{letter.expression.code} · {letter.expression.employer.name}",
            reason=_("It answers our notice {letter}: take it as observations.").format(letter=letter.code),
            strength=WITH_FORM if has_form else WITHOUT_FORM,
            taker=ANSWER,
            choice={"letter": letter.code, "call": letter.expression.call.code},
        )
        for letter in open_ones.order_by("pk")
    ]
