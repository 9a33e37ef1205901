"""What django-allauth asks about accounts: one door to the actions, fresh sign-ins count."""

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from tragitto.accounts import actions
from tragitto.accounts.models import User
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor
from tragitto.web.signing_in import session

DOOR = "sign-in"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """People are invited, or open an account themselves; what they do is written by the actions."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Not by the library's own form: see `signing_up`."""
        return False

    def get_login_stages(self) -> list[str]:
        """The library's stages, with our own for the second factor."""
        ours = f"{SecondFactorStage.__module__}.{SecondFactorStage.__name__}"
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__name__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, with a new session key; note when, and by what."""
        assert isinstance(user, User)
        super().login(request, user)
        session.begin(request)
        actor = Actor(code=user.code, door=DOOR)
        actions.note_sign_in(user=user, methods=session.methods(request), actor=actor, at=clock.now())

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Through the action, so that it is written down."""
        assert isinstance(user, User)
        actor = Actor(code=user.code, door=DOOR)
        actions.set_password(user=user, password=password, actor=actor, at=clock.now())

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:
        """Not asked of somebody who signed in a moment ago: it would be the same question twice."""
        if session.began_within(self.request, app_settings.REAUTHENTICATION_TIMEOUT):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Asks for the second factor, unless the identity provider has, and its word counts."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if any(one["method"] == session.ASSURED for one in records):
            return False
        return bool(super()._should_handle(request))
