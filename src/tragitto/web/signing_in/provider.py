"""The sign-in by OpenID Connect: authorization code, PKCE, state and nonce, nothing asked beyond need."""

import secrets
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from requests import RequestException

from tragitto.web.signing_in import tokens


class IdentityExchange(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # the library has no types
    """The exchange with the provider; unlike the library's, it checks signature, nonce and issuer."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description of itself; one that names another issuer is refused."""
        described: dict[str, Any] = super().openid_config
        if described.get("issuer") != self.get_provider().app.settings["issuer"]:
            raise OAuth2Error("the provider describes itself as another issuer")
        return described

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Who signed in, by the ID token, and by the user information where the token does not say it."""
        claims = self._identity(app, kwargs["response"].get("id_token", ""))
        if not any(name in claims for name in app.settings["claims"]):
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("the user information is about somebody else")
            claims = more | claims
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _identity(self, app: SocialApp, token: str) -> dict[str, object]:
        described = self.openid_config
        with get_adapter().get_requests_session() as session:
            answer = session.get(described["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()
        try:
            return tokens.verified(
                token, keys=keys, issuer=described["issuer"], client=app.client_id, nonce=self.nonce
            )
        except tokens.Refused as refused:
            raise OAuth2Error(str(refused)) from refused


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """The provider of the settings."""

    oauth2_adapter_class = IdentityExchange

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """What the settings say; the address bar cannot ask for more."""
        return list(self.get_scope())

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """What the settings say, as above."""
        return dict(self.get_auth_params())

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: object = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """To the provider, with a nonce that the ID token must bring back."""
        nonce = secrets.token_urlsafe(32)
        asked = (kwargs.pop("auth_params", None) or self.get_auth_params()) | {"nonce": nonce}
        answer: HttpResponse
        try:
            answer = super().redirect(
                request, process, next_url=next_url, data=data, auth_params=asked, nonce=nonce, **kwargs
            )
        except (OAuth2Error, RequestException) as error:  # the library lets a provider's outage through
            answer = render_authentication_error(request, self, exception=error)
        return answer

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing of what the provider tells is kept."""
        return {}

    def sociallogin_from_response(self, request: HttpRequest, response: dict[str, Any]) -> SocialLogin:
        """As the library does, with the claims at hand for matching, never stored."""
        login = super().sociallogin_from_response(request, response)
        login.claims = response["id_token"]
        return login


class _Callback(OAuth2CallbackView):  # type: ignore[misc]
    def _get_state(self, request: HttpRequest, provider: IdentityProvider) -> tuple[Any, Any]:
        state, refusal = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refusal


@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider; a GET only shows a button, so that no foreign page can start it unseen."""
    return _run(OAuth2LoginView, request, provider_id)


@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return _run(_Callback, request, provider_id)


def _run(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer: HttpResponse = view.adapter_view(IdentityExchange(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return answer
