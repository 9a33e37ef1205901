"""Addresses of the office: drafting a call, verifying it, telling the world."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
