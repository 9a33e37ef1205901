"""What the pages of a person after their meetings share: themselves, and the round."""

from django.http import Http404

from tragitto.candidates.models import Candidate
from tragitto.candidates.queries.people import get_for
from tragitto.candidates.queries.profiles import audience_of
from tragitto.candidates.vocabulary import Audience
from tragitto.selection.models import Round
from tragitto.selection.queries.shortlists import own_rounds_of
from tragitto.web.parts.finding import found, one_of
from tragitto.web.portal.access import PortalRequest


def own_person(request: PortalRequest, code: str) -> Candidate:
    """The person of this code, if it is who looks; else 404."""
    person = found(get_for, request.actor, code)
    if audience_of(request.actor, person) is not Audience.PERSON:
        raise Http404
    return person


def round_of(person: Candidate, code: str) -> Round:
    """The round of this code in which the person was asked to meet a firm; else 404. One query."""
    return one_of(own_rounds_of(person), code)
