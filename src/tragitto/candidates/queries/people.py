"""Single people, as the one who looks may see them."""

from tragitto.accounts.models import Organisation
from tragitto.candidates.models import Candidate, Registration
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound
from tragitto.ledger.queries import told_of
from tragitto.schemes.models import Scheme

#: What the ledger says of an account that said a birthday, and how many it may say on one roster: a birthday
#: opens a registration by others and tells whether a document is known, so it must not be tried out.
BIRTHDAY_SAID, MOST_BIRTHDAYS = "candidate.birthday_said", 3


def get_for(actor: Actor, code: str) -> Candidate:
    """The person of this code with identity and scheme; raises `NotFound` for nobody and for somebody out of
    sight alike. One query.
    """
    found = Candidate.objects.visible_to(actor).select_related("scheme", "identity").filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def kept_for(actor: Actor, code: str) -> Candidate:
    """The person of this code at the desk of `actor`, with identity and scheme: the one way to somebody for
    every page of the office. Raises `NotFound` for whom the actor's organisation does not keep, even if it
    registered them, and for the actor's own registration. One query.
    """
    found = Candidate.objects.kept_by(actor).select_related("scheme", "identity").filter(code=code).first()
    if found is None:
        raise NotFound(code)
    return found


def is_own(actor: Actor, code: str) -> bool:
    """Whether this is a registration of the actor's own. One query."""
    return Candidate.objects.filter(code=code, account=actor.code).exclude(account="").exists()


def own_registrations(actor: Actor) -> list[Candidate]:
    """The actor's registrations on every roster, the newest first, without those merged away. One query."""
    mine = Candidate.objects.filter(account=actor.code).exclude(account="").exclude(status="merged")
    return list(mine.select_related("scheme").order_by("-started_at", "-pk"))


def own(actor: Actor, scheme: Scheme) -> Candidate | None:
    """The actor's own registration on the roster of `scheme`: the newest that was not merged. One query."""
    mine = Candidate.objects.filter(account=actor.code, scheme=scheme).exclude(account="")
    lasting = mine.select_related("scheme", "identity").exclude(status="merged")
    return lasting.order_by("-started_at", "-pk").first()


def registrars(candidate: Candidate) -> list[Organisation]:
    """The organisations that registered `candidate` and whose people they are until that ends. One query."""
    lasting = Registration.objects.filter(candidate=candidate, ended_at=None)
    theirs = Organisation.objects.filter(pk__in=lasting.values("organisation"))
    return list(theirs.order_by("name", "pk"))


def is_guessing(account: str, scheme: Scheme) -> bool:
    """Whether this account has said more birthdays on the roster of `scheme` than one may, in registrations
    thrown away too. One query.
    """
    said = told_of(account, BIRTHDAY_SAID).filter(facts__scheme=scheme.code)
    return said.count() > MOST_BIRTHDAYS
