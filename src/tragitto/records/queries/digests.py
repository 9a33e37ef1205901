"""What went wrong for an office in a stretch of time: counts and lines, in codes alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from tragitto.accounts.models import User
from tragitto.accounts.vocabulary import Role
from tragitto.records.models import Mailbox, Message, Outgoing, Reconciliation, Trouble
from tragitto.records.queries.fetching import about_mailbox_of_another, without_folder
from tragitto.records.queries.messages import sentence_of, why_at_the_desk
from tragitto.records.vocabulary import OutgoingState, Problem


@dataclass(frozen=True)
class Digest:
    """What an office should know: how often each thing went wrong, and a line for each."""

    office: str
    since: datetime
    until: datetime
    #: How many messages wait at the sorting desk, whenever they came.
    at_the_desk: int
    counts: dict[str, int]
    lines: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has gone wrong."""
        return not self.lines


def digest(*, office: str, since: datetime, until: datetime) -> Digest:
    """What went wrong for `office` from `since` to `until` (excluded), and what is open from before.

    What has been mended since is counted and has no line. Messages that no office has yet are everybody's,
    as on the desk. No line holds a name, an address or a subject of anybody's message, nor the name of a
    folder, for people name folders after people. Six queries, however much went wrong.
    """
    troubles = _troubles(office, since, until)
    still_open = [each for each in troubles if each.solved_at is None or each.solved_at >= until]
    desk = Message.objects.waiting().filter(office__in=("", office))
    since_then = desk.filter(state_since__gte=since, state_since__lt=until)
    arrived = list(since_then.prefetch_related("troubles").order_by("pk"))
    lines = [f"{trouble_subject(trouble)}: {sentence_of(trouble)}" for trouble in still_open]
    lines += [f"{message.code}: {why_at_the_desk(message)}" for message in arrived]
    lines += [_compared(row) for row in _incomplete(office, since, until)]
    counts = Counter(trouble.problem for trouble in troubles)
    counts["at_the_desk_since"] = len(arrived)
    counts["not_sent"] = _not_sent(office)
    return Digest(
        office=office,
        since=since,
        until=until,
        at_the_desk=desk.count(),
        counts={word: count for word, count in sorted(counts.items()) if count},
        lines=tuple(lines),
    )


def digest_readers(office: str, *, on: date) -> list[User]:
    """The people who get the digest of an office: its administrators on that day. One query."""
    in_force = Q(memberships__ends_on=None) | Q(memberships__ends_on__gt=on)
    held = User.objects.filter(
        in_force,
        is_active=True,
        memberships__organisation__code=office,
        memberships__starts_on__lte=on,
        memberships__roles__contains=[Role.ADMINISTRATOR],
    )
    return list(held.exclude(email="").distinct().order_by("email"))


def offices_with_mail() -> list[str]:
    """The codes of the organisations that read a mailbox. One query."""
    codes = Mailbox.objects.values_list("organisation__code", flat=True)
    return list(codes.order_by("organisation__code").distinct())


def trouble_subject(trouble: Trouble) -> str:
    """What a trouble is about: a code, or a mailbox; never what somebody called a file or a folder."""
    if trouble.message:
        return trouble.message.code
    if trouble.problem == Problem.FILE_NOT_TAKEN:
        return "TRAGITTO_INBOX"
    return without_folder(trouble.file_name)


def _troubles(office: str, since: datetime, until: datetime) -> list[Trouble]:
    """Those that went on in this time, and those still open: the office's, and of what is nobody's."""
    recent = Q(last_at__gte=since, last_at__lt=until) | Q(first_at__lt=until, solved_at=None)
    own = (Q(message=None) & ~about_mailbox_of_another(office)) | Q(message__office__in=("", office))
    return list(Trouble.objects.filter(recent, own).select_related("message").order_by("first_at", "pk"))


def _incomplete(office: str, since: datetime, until: datetime) -> list[Reconciliation]:
    """Comparisons that found what is not in the house."""
    rows = Reconciliation.objects.filter(mailbox__organisation__code=office, at__gte=since, at__lt=until)
    return [row for row in rows.select_related("mailbox").order_by("pk") if row.left]


def _compared(row: Reconciliation) -> str:
    said = _("{mailbox}: a folder was compared; on the server: {on_server}, not in the house: {left}")
    return said.format(mailbox=row.mailbox.address, on_server=row.on_server, left=row.left)


def _not_sent(office: str) -> int:
    stuck = (OutgoingState.REFUSED, OutgoingState.UNCERTAIN)
    return Outgoing.objects.filter(
        mailbox__organisation__code=office, state__in=stuck, settled_at=None
    ).count()
