"""The keys by which anybody checks our receipts."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from tragitto.records import receipts


@require_safe
@cache_control(public=True, max_age=3600)
def key(request: HttpRequest) -> JsonResponse:
    """The public keys as a set (RFC 7517): the present one first, then those of older receipts."""
    return JsonResponse(receipts.as_set(receipts.public_keys()), content_type="application/jwk-set+json")
