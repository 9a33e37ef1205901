"""Addresses of the office: packages handed over."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
