"""Addresses of the office: what is due, who is late, who is responsible."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
