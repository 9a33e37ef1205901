"""People who act for the enterprise of an expression, for tests of the office's pages."""

from tests.accounts.signing_in import make_person
from tests.web.office.world import OFFICE_DAY
from tragitto.accounts.models import User
from tragitto.employers.actions import Declaration, Upload, declare_representation
from tragitto.employers.models import Expression, Representation
from tragitto.employers.vocabulary import Capacity
from tragitto.kernel.actors import Actor
from tragitto.records.queries import content


def declared(expression: Expression, name: str = "Nina", paper: Upload | None = None) -> Representation:
    """Somebody says to be a delegate of the expression's enterprise."""
    user = User.objects.filter(full_name=name).first() or make_person(name)
    declaration = Declaration(
        codice_fiscale=expression.employer.codice_fiscale,
        enterprise_name="x",
        capacity=Capacity.DELEGATE,
        principal_name="Anna Bianchi",
        principal_codice_fiscale="RCCMNL83S18D969H",
        starts_on=OFFICE_DAY.date(),
        call=expression.call,
        paper=paper,
    )
    actor = Actor(user.code, door="portal")
    return declare_representation(declaration=declaration, actor=actor, at=OFFICE_DAY)


def with_paper(expression: Expression) -> Representation:
    """The same with a paper that can be drawn: the first file of the expression."""
    file = expression.current.message.attachments.order_by("position")[0]
    return declared(expression, paper=Upload("delega.pdf", content(file.content or file.document)))
