"""Questions about mailboxes and what has been fetched from them."""

import re

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from tragitto.kernel.actors import Actor
from tragitto.records import permissions
from tragitto.records.models import Fetched, Mailbox, Reconciliation, Trouble, Watermark

_MESSAGE_ON_SERVER = re.compile(r";uidvalidity=\d+(;uid=\d+)$")


def office_mailboxes(*, actor: Actor) -> QuerySet[Mailbox]:
    """The mailboxes this actor may know: the house all, an office's people their office's. One query."""
    found = Mailbox.objects.select_related("organisation").order_by("address")
    if actor.is_system:
        return found
    return (
        found.filter(organisation__code=actor.organisation) if permissions.may_read(actor) else found.none()
    )


def watermarks(*, actor: Actor) -> QuerySet[Watermark]:
    """How far each folder has been fetched, and when it was last looked at. One query."""
    found = Watermark.objects.filter(mailbox__in=office_mailboxes(actor=actor)).select_related("mailbox")
    return found.order_by("mailbox__address", "folder")


def reconciliations(*, actor: Actor) -> QuerySet[Reconciliation]:
    """The latest comparison of each folder with the house. One query."""
    found = Reconciliation.objects.filter(mailbox__in=office_mailboxes(actor=actor)).select_related("mailbox")
    return found.order_by("mailbox__address", "folder", "-at", "-pk").distinct("mailbox__address", "folder")


def fetched_uids(mailbox: Mailbox, folder: str, uid_validity: int, *, after: int = 0) -> set[int]:
    """The identifiers of a folder's messages, above `after`, that are in the house. One query."""
    rows = Fetched.objects.filter(mailbox=mailbox, folder=folder, uid_validity=uid_validity, uid__gt=after)
    return set(rows.values_list("uid", flat=True))


def name_on_server(mailbox: Mailbox, folder: str, uid_validity: int, uid: int) -> str:
    """What a message of a mailbox is called while it is not in the house (after RFC 5092)."""
    return f"{folder_on_server(mailbox, folder)};uidvalidity={uid_validity};uid={uid}"


def folder_on_server(mailbox: Mailbox, folder: str) -> str:
    """What a folder of a mailbox is called in a trouble."""
    return f"{mailbox.address}/{folder}"


def without_folder(place: str) -> str:
    """A mailbox, or a message in it by its number, out of what a trouble calls it; folders bear names."""
    number = _MESSAGE_ON_SERVER.search(place)
    return place.partition("/")[0] + (number[1] if number else "")


def about_mailbox_of_another(office: str) -> Exists:
    """A condition on troubles: it is about a mailbox that another office than `office` reads."""
    place = ExpressionWrapper(OuterRef("file_name"), output_field=TextField())
    others = Mailbox.objects.exclude(organisation__code=office).alias(place=place)
    within = Q(place__startswith=Concat(F("address"), Value("/")))
    return Exists(others.filter(within | Q(place=F("address"))))


def open_troubles_of_folder(mailbox: Mailbox, folder: str) -> list[Trouble]:
    """The open troubles of all messages of a folder, whatever numbers the server gave them. One query."""
    begins = f"{folder_on_server(mailbox, folder)};uidvalidity="
    found = Trouble.objects.filter(message=None, solved_at=None, file_name__startswith=begins)
    return list(found.order_by("pk"))
