"""Addresses of the office: who acts for an enterprise, and late filings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
