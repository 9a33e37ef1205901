"""Addresses of the office: requests for information and those who answer them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
