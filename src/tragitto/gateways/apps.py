"""The gateways' entry in Django's list: the house's ports are given their adapters."""

from django.apps import AppConfig
from django.conf import settings


class GatewaysConfig(AppConfig):
    """Adapters to the outside."""

    name = "tragitto.gateways"
    label = "gateways"

    def ready(self) -> None:
        """Mailboxes of `TRAGITTO_MAILBOXES`, viruses by `TRAGITTO_CLAMD`, text messages by `TRAGITTO_SMS`."""
        # The adapters need loaded settings and rooms.
        from tragitto.accounts import ports as texts
        from tragitto.gateways import texting
        from tragitto.gateways.clamd import scanner_at
        from tragitto.gateways.post import ConfiguredPost
        from tragitto.records import ports, scanner

        ports.use(ConfiguredPost(lambda: str(getattr(settings, "MAILBOXES", ""))))
        scanner.use(scanner_at(str(getattr(settings, "CLAMD", ""))))
        if settings.IS_DEMONSTRATION:
            texts.use(texting.SilentTexter())
        else:
            texts.use(texting.texter_at(settings.SMS, token=settings.SMS_TOKEN, sender=settings.SMS_SENDER))
