"""Addresses of filing on line: drafts, their pages, what was sent."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
