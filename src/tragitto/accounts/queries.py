"""Questions about people: who acts for whom, in which roles, on which day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tragitto.accounts import permissions
from tragitto.accounts.models import Membership, Organisation, TextMessage, Token, User
from tragitto.accounts.rules import fiscal_number
from tragitto.accounts.vocabulary import OFFICE_ROLES, TextState
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import NotFound

#: What can be asked for at sign-in; recovery codes only stand in for one of these.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Held:
    """The roles a person holds in one organisation."""

    organisation: str
    organisation_name: str
    roles: tuple[str, ...]
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class Standing:
    """For which organisation a person acts, and for which others the person could."""

    actor: Actor
    organisation: Organisation | None
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True)
class Person:
    """One person as a list of people shows them."""

    code: str
    full_name: str
    email: str
    phone: str
    is_active: bool
    has_second_factor: bool
    memberships: tuple[Held, ...]


def memberships_on(user: User, day: date) -> QuerySet[Membership]:
    """The memberships in force on `day`, by the organisation's code. One query."""
    in_force = Q(ends_on=None) | Q(ends_on__gt=day)
    found = user.memberships.filter(in_force, starts_on__lte=day).select_related("organisation")
    return found.order_by("organisation__code")


def standing(user: User, *, on: date, door: str, organisation: str = "") -> Standing:
    """For whom `user` acts on `on`: for `organisation` when given, else the one chosen, else the first.

    Without a membership in force the actor holds no role and may do nothing; an organisation asked for in
    vain is not replaced by another. One query.
    """
    held = list(memberships_on(user, on)) if user.is_active else []
    wanted = [one for one in held if one.organisation.code == organisation]
    preferred = [one for one in held if one.organisation_id == user.acts_for_id]
    candidates = wanted if organisation else preferred or held
    offices = tuple(one.organisation for one in held)
    if not candidates:
        return Standing(Actor(code=user.code, door=door), None, offices)
    chosen = candidates[0]
    actor = Actor(user.code, chosen.organisation.code, frozenset(chosen.roles), door)
    return Standing(actor, chosen.organisation, offices)


def actor_for(user: User, *, on: date, door: str, organisation: str = "") -> Actor:
    """`user` as an actor on `on`, as `standing` says. One query."""
    return standing(user, on=on, door=door, organisation=organisation).actor


def needs_second_factor(user: User, day: date) -> bool:
    """Whether one of the memberships in force holds an office role. One query."""
    return memberships_on(user, day).filter(roles__overlap=sorted(OFFICE_ROLES)).exists()


def factor_types(user: User) -> frozenset[str]:
    """Which second factors the person has set up, recovery codes aside. One query."""
    own = Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS)
    return frozenset(own.values_list("type", flat=True))


def has_factor_besides(authenticator: Authenticator) -> bool:
    """Whether the person would still have a second factor without this one. One query."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
    return bool(others.exclude(pk=authenticator.pk).exists())


def unfinished_organisations(user: User, day: date) -> list[Organisation]:
    """The organisations that the account opens on `day` or will open later. One query."""
    unfinished = user.memberships.filter(Q(ends_on=None) | Q(ends_on__gt=day))
    return list(Organisation.objects.filter(memberships__in=unfinished).order_by("code"))


def visible_to(actor: Actor) -> QuerySet[User]:
    """The people whom `actor` may know to exist; the only source for lists and for single people."""
    users = User.objects.order_by("email", "code")
    if actor.is_system:
        return users
    oneself = Q(code=actor.code)
    if not permissions.may_read_people(actor):
        return users.filter(oneself)
    near = Q(organisation__code=actor.organisation) | Q(organisation__kind__in=permissions.LOOKED_AFTER)
    members = Membership.objects.filter(near, user=OuterRef("pk"))
    # Whoever opened the account alone is nobody's business until somebody lets them act for something.
    unattached = ~Exists(Membership.objects.filter(user=OuterRef("pk"))) & Q(is_self_opened=False)
    return users.filter(oneself | Exists(members) | unattached)


def get_for(actor: Actor, code: str) -> User:
    """The person with this code; raises `NotFound` for nobody and for somebody out of sight alike."""
    try:
        return visible_to(actor).get(code=code)
    except User.DoesNotExist as error:
        raise NotFound(code) from error


def organisation_named(code: str) -> Organisation:
    """The organisation with this code; raises `NotFound`."""
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist as error:
        raise NotFound(code) from error


def people(actor: Actor) -> list[Person]:
    """The people `actor` may see, by address, with all they hold or held there. Two queries."""
    memberships = Membership.objects.select_related("organisation").order_by("organisation__code")
    if not actor.is_system:
        near = Q(organisation__code=actor.organisation) | Q(organisation__kind__in=permissions.LOOKED_AFTER)
        memberships = memberships.filter(near | Q(user__code=actor.code))
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=FACTORS)
    found = visible_to(actor).annotate(has_second_factor=Exists(factors))
    return [_person(user) for user in found.prefetch_related(Prefetch("memberships", memberships))]


@dataclass(frozen=True)
class Contact:
    """By which ways a person can be written to, and in which language."""

    email: str
    phone: str
    language: str


def contacts_of(codes: Iterable[str]) -> dict[str, Contact]:
    """How to reach the people of these codes, for a message that concerns them. One query."""
    wanted = {code for code in codes if code}
    found = User.objects.filter(code__in=wanted).order_by("code")
    return {user.code: Contact(user.email or "", user.phone or "", user.language) for user in found}


def reached_at(*, email: str = "", phone: str = "") -> User | None:
    """The person, active or not, known by this address or else by this number, in their one form.

    For those who have proved to read there, and for what is sent there. One query.
    """
    if not email and not phone:
        return None
    return User.objects.filter(**({"email": email} if email else {"phone": phone})).first()


def needs_more_than_a_code(user: User, day: date) -> bool:
    """Whether a one-time code alone must not open the account: an office's, or with a second factor.

    Two queries at most.
    """
    return needs_second_factor(user, day) or bool(factor_types(user))


def texts_not_sent(actor: Actor) -> QuerySet[TextMessage]:
    """Text messages that have not surely left, the oldest first: the house alone sees them. One query."""
    messages = TextMessage.objects.exclude(state=TextState.SENT).order_by("asked_at", "code")
    return messages if actor.is_system else messages.none()


#: A message that is perhaps with the gateway is never sent again.
_LEFT = (TextState.SENT, TextState.UNCERTAIN)


def texts_left(keys: Iterable[str]) -> dict[str, datetime | None]:
    """When the text messages of these occasions left, by key; None for those that did not, or not yet. Those
    that are gone after a month are not among them. One query.
    """
    found = TextMessage.objects.filter(key__in=set(keys)).values_list("key", "state", "state_since")
    return {key: since if state in _LEFT else None for key, state, since in found}


def tokens(actor: Actor) -> QuerySet[Token]:
    """The tokens that `actor` may know to exist, by organisation, the newest first. One query."""
    found = Token.objects.select_related("organisation").order_by("organisation__code", "-made_at", "code")
    if actor.is_system:
        return found
    near = Q(organisation__code=actor.organisation) | Q(organisation__kind__in=permissions.LOOKED_AFTER)
    return found.filter(near) if permissions.may_read_people(actor) else found.none()


def token_for(actor: Actor, code: str) -> Token:
    """The token with this code; raises `NotFound` for none and for one out of sight alike. One query."""
    try:
        return tokens(actor).get(code=code)
    except Token.DoesNotExist as error:
        raise NotFound(code) from error


def token_shown(secret: str, *, on: date) -> Token | None:
    """The token whose text this is, if it is good on that day. One query."""
    digest = sha256(secret.encode("utf-8", "replace")).hexdigest()
    good = Token.objects.filter(digest=digest, revoked_at=None, ends_on__gt=on)
    return good.select_related("organisation").first()


def _person(user: User) -> Person:
    held = tuple(
        Held(
            membership.organisation.code,
            membership.organisation.name,
            tuple(membership.roles),
            membership.starts_on,
            membership.ends_on,
        )
        for membership in user.memberships.all()
    )
    has_second_factor: bool = getattr(user, "has_second_factor", False)
    ways = user.email or "", user.phone or ""
    return Person(user.code, user.full_name, *ways, user.is_active, has_second_factor, held)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """What the people of these codes are called, for a file that its reader may see. One query."""
    wanted = {code for code in codes if code}
    return dict(User.objects.filter(code__in=wanted).order_by("code").values_list("code", "full_name"))


def matched(*, claim: str, value: object, is_verified: object) -> User | None:
    """The active person whom an identity provider vouches for, by `claim` (fiscal_number or email).

    An address counts only when the provider says that it has verified it: anybody may type one. One query.
    """
    if not isinstance(value, str) or not value:
        return None
    active = User.objects.filter(is_active=True)
    if claim == "email":
        return active.filter(email=value.lower()).first() if is_verified is True else None
    try:
        return active.filter(fiscal_number=fiscal_number(value)).first()
    except ValueError:
        return None
