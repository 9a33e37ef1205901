"""Addresses of the sign-in by OpenID Connect; django-allauth takes them from the provider's package."""

from django.urls import path

from tragitto.web.signing_in import provider

urlpatterns = [
    path("oidc/<str:provider_id>/login/", provider.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", provider.callback, name="openid_connect_callback"),
]
