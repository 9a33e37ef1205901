"""Addresses of what partners receive."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
