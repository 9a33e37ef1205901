"""Addresses of the office: letters to employers and what they answered."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
