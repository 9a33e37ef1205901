"""What goes wrong is told without anybody's data."""

import logging
import sys

from django.test import RequestFactory
from django.urls import resolve

from tragitto.config.logs import Discreet


def told(message: str, *arguments: object, **more: object) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, arguments, None)
    for name, value in more.items():
        setattr(record, name, value)
    return Discreet().format(record)


def failure() -> tuple:
    try:
        raise ValueError("Bruno Rossi, RSSBRN70A01F205X")
    except ValueError:
        return sys.exc_info()


def test_a_request_is_told_by_its_route():
    request = RequestFactory().get("/office/filings/E-SECRET7/")
    request.resolver_match = resolve("/office/filings/E-SECRET7/")

    line = told("Internal Server Error: %s", request.path, request=request, status_code=500)

    assert "500 GET office/filings/<slug:code>/" in line
    assert "SECRET" not in line


def test_an_exception_is_told_by_its_kind_and_place():
    line = told("Internal Server Error: /office/", exc_info=failure())

    assert "ValueError at " in line
    assert "Bruno" not in line
