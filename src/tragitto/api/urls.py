"""Addresses of the API and of its documentation."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache

from tragitto.api.documentation import documentation
from tragitto.api.problems import no_such_page, problem
from tragitto.api.v1 import api


def in_words[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """The view, whose refusal of a method is a problem like every other refusal."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        told = problem(response.status_code, detail=f"Allowed here: {response['Allow']}.")
        told["Allow"] = response["Allow"]
        return told

    return answer


_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    assert _pattern.callback is not None
    _pattern.callback = never_cache(in_words(_pattern.callback))

urlpatterns = [
    path("v1/docs/", documentation, name="api_documentation"),
    path("v1/", include((_patterns, _app), namespace=_namespace)),
    re_path("^", no_such_page),
]
