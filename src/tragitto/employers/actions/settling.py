"""What was sent on line has its place: its sender is told so, and known from now on."""

from datetime import datetime

from django.db import transaction

from tragitto.employers.actions.recognising import recognise
from tragitto.employers.models import Submission, Version
from tragitto.employers.rules import FilingFacts
from tragitto.employers.vocabulary import SubmissionState
from tragitto.kernel.actors import Actor


@transaction.atomic
def settle_sent(version: Version, facts: FilingFacts, *, actor: Actor, at: datetime) -> None:
    """Write that the submission of `version` has its place, and in what capacity each account sent or signed.

    Part of the transaction that gives the place.
    """
    submission = Submission.objects.select_for_update(no_key=True).get(message=version.message_id)
    submission.state = SubmissionState.PLACED
    submission.save(update_fields=["state"])
    signers = {person.account: person.codice_fiscale for person in facts.identified}
    for account, number in {submission.account: "", **signers}.items():
        recognise(version=version, account=account, identified=number, actor=actor, at=at)
