"""The gateways' entry in Django's list: the house's ports are given their adapters."""

from django.apps import AppConfig
from django.conf import settings


class GatewaysConfig(AppConfig):
    """Adapters to the outside."""

    name = "tragitto.gateways"
    label = "gateways"

    def ready(self) -> None:
        """Read and send by the mailboxes of `TRAGITTO_MAILBOXES`, look for viruses by `TRAGITTO_CLAMD`."""
        # The adapters need loaded settings and rooms.
        from tragitto.gateways.clamd import scanner_at
        from tragitto.gateways.post import ConfiguredPost
        from tragitto.records import ports, scanner

        ports.use(ConfiguredPost(lambda: str(getattr(settings, "MAILBOXES", ""))))
        scanner.use(scanner_at(str(getattr(settings, "CLAMD", ""))))
