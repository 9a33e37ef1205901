"""Long work in the background, as its people see it."""

from datetime import date

from django.db.models import QuerySet

from tragitto.accounts.models import User
from tragitto.accounts.queries import actor_for
from tragitto.candidates.models import Work
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound

#: The door through which people act whose work is done for them later.
DOOR = "task"


def works(actor: Actor) -> QuerySet[Work]:
    """What the actor ordered, newest first, without the files. One query."""
    return (
        Work.objects.visible_to(actor)
        .select_related("scheme")
        .defer("content")
        .order_by("-ordered_at", "-pk")
    )


def work_for(actor: Actor, code: str) -> Work:
    """The work of this code, without its file; raises `NotFound` for somebody else's. One query."""
    found = works(actor).filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def file_of(work: Work) -> bytes | None:
    """The file that `work` made, while it is kept. One query."""
    content = Work.objects.filter(pk=work.pk).values_list("content", flat=True).get()
    return None if content is None else bytes(content)


def orderer(work: Work, *, on: date) -> Actor:
    """Who ordered `work`, with the roles they hold today: rights may have ended meanwhile. Two queries."""
    user = User.objects.get(code=work.ordered_by)
    return actor_for(user, on=on, door=DOOR, organisation=work.organisation.code)
