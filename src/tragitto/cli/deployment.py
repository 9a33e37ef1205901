"""What the framework's checks of a deployment mean for our variables, sentence by sentence."""

from collections.abc import Iterable

from django.conf import settings
from django.core import checks

PLAIN_ADDRESS = (
    "TRAGITTO_ADDRESS does not begin with https://: passwords and sessions would travel in clear. Set it to "
    "the public https:// address."
)
NO_SERVER = (
    "TRAGITTO_SMTP is not set: nobody can ask for a new password by mail. Set it to "
    "smtp://user:password@host:587 or smtps://…"
)
MADE_UP = "TRAGITTO_DEMONSTRATION is yes: data are made up and no mail leaves. Take it out for real use."
WEAK_KEY = (
    "TRAGITTO_SECRET_KEY is too short or too simple: take it out, and a good one is made and kept in "
    "TRAGITTO_VAR."
)
OURS = {
    "mail.E001": NO_SERVER,
    "security.W004": PLAIN_ADDRESS,
    "security.W008": PLAIN_ADDRESS,
    "security.W009": WEAK_KEY,
    "security.W012": PLAIN_ADDRESS,
    "security.W016": PLAIN_ADDRESS,
}


def problems(*, deploy: bool) -> list[str]:
    """What is wrong with the settings, one sentence for each thing to mend."""
    found = checks.run_checks(include_deployment_checks=deploy)
    serious = [each for each in found if each.level >= checks.WARNING]
    return [*dict.fromkeys(_sentences(serious))]


def _sentences(found: Iterable[checks.CheckMessage]) -> Iterable[str]:
    for each in found:
        if each.id == "mail.E001" and settings.IS_DEMONSTRATION:
            yield MADE_UP
        else:
            yield OURS.get(each.id or "") or f"{each.msg} ({each.id})"
