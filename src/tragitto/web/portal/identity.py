"""Who the person at the door is, by the digital identity with which they signed in this time."""

from tragitto.employers.rules import Identified
from tragitto.web.portal.access import PortalRequest
from tragitto.web.signing_in import session


def identified(request: PortalRequest) -> Identified | None:
    """The person's codice fiscale and the means, where an identity provider vouched for it in this session.

    None for who signed in with a password, or with an identity of a lower level than the house asks for: then
    only a signature says who they are. No query.
    """
    means = session.assured_identity(request)
    if means is None or not request.user.fiscal_number:
        return None
    return Identified(codice_fiscale=request.user.fiscal_number, means=means)
