"""What a message proves, in one sentence for each verdict and, where it is proven, for each kind."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tragitto.records.vocabulary import Kind, Verdict

BY_VERDICT: Mapping[str, str | Promise] = {
    Verdict.ALTERED: _(
        "It was changed after the provider sealed it: it proves neither its time nor its content."
    ),
    Verdict.UNTRUSTED: _(
        "Whoever sealed it is not a known provider of certified mail: it certifies nothing."
    ),
    Verdict.UNCERTIFIED: _(
        "No provider certifies this message: it has no certified time, and anybody may have sent it."
    ),
    Verdict.UNREADABLE: _("The file cannot be read. It is kept as it came."),
}
BY_KIND: Mapping[str, str | Promise] = {
    Kind.POSTA_CERTIFICATA: _(
        "A genuine certified message. The sender's provider, {provider}, took it over at the certified "
        "instant; nothing was changed since."
    ),
    Kind.ACCETTAZIONE: _(
        "A genuine receipt: the sender's provider took our message over at the certified instant."
    ),
    Kind.NON_ACCETTAZIONE: _(
        "A genuine notice: the sender's provider did not accept the message, so it never left."
    ),
    Kind.PRESA_IN_CARICO: _("A genuine note between two providers; it proves no delivery."),
    Kind.AVVENUTA_CONSEGNA: _(
        "A genuine receipt: the message was put into the mailbox {mailbox} at the certified instant."
    ),
    Kind.ERRORE_CONSEGNA: _("A genuine notice: the message could not be delivered to {mailbox}."),
    Kind.PREAVVISO_ERRORE_CONSEGNA: _(
        "A genuine early notice: the message has not been delivered to {mailbox} yet; "
        "the provider goes on trying."
    ),
    Kind.ONLINE: _(
        "Sent on line, through our own pages. We acknowledged it at the moment of receipt, which counts; "
        "what stands here is what was sent then."
    ),
    Kind.RILEVAZIONE_VIRUS: _("A genuine notice: a provider found a virus and did not deliver the message."),
}
