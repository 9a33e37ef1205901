"""Who calls: the token of an organisation, within its scopes and its rate."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.errors import Throttled
from ninja.security import HttpBearer

from tragitto.accounts import actions, queries
from tragitto.accounts.models import Token
from tragitto.accounts.vocabulary import Role, Scope
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.kernel.refusals import Finding, NotAllowed

DOOR = "api"
#: After how many seconds it is worth asking again: the limits count by minutes.
PAUSE = 60


class ApiRequest(HttpRequest):
    """A request that has passed: `actor` acts for the token's organisation, as a partner."""

    actor: Actor
    token: Token


class BearerToken(HttpBearer):
    """`Authorization: Bearer tragitto_…`; with a scope, only tokens that have it."""

    openapi_description = "A token of your organisation. The office that looks after you gives it."

    def __init__(self, scope: Scope | None = None) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token shown, if it is good today; the request bears its actor from then on.

        Raises `NotAllowed` for a scope that the token lacks, `Throttled` for too many requests.
        """
        at = clock.now()
        shown = queries.token_shown(token.strip(), on=timezone.localtime(at).date())
        if shown is None:
            _count(request, "api_refused", "")
            return None
        _count(request, "api", shown.code)
        actor = Actor(shown.code, shown.organisation.code, frozenset({Role.PARTNER.value}), DOOR)
        if self.scope and self.scope not in shown.scopes:
            said = _("This token may not do this: ask for one with the scope %(scope)s.")
            raise NotAllowed(Finding("scope-missing", said % {"scope": self.scope.value}))
        actions.note_token_use(token=shown, actor=actor, at=at)
        request.actor, request.token = actor, shown  # type: ignore[attr-defined]
        return shown


def _count(request: HttpRequest, action: str, key: str) -> None:
    # The library's public function counts no GET.
    if not ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True):
        raise Throttled(wait=PAUSE)
