"""A request for information under the world's first call, for the stories of the office's pages."""

from tests.web.office.world import World
from tragitto.employers import actions
from tragitto.employers.models import Enquiry
from tragitto.kernel import clock
from tragitto.kernel.actors import Actor

ASKING = actions.Asking(
    enterprise_name="Officine Bruno S.r.l.",
    province="BG",
    contact_name="Bruno Bianchi",
    contact_email="bruno@officine.example",
    language="it",
    question="Quanto dura la formazione?",
)


def asked(world: World) -> Enquiry:
    """Bruno asks, as a stranger does."""
    return actions.enquire(call=world.call, asking=ASKING, actor=Actor.stranger(), at=clock.now())
