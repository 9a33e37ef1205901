"""What time it is: asked by doors and background tasks, and passed down from there."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment; in a demonstration, the moment of its made-up day, which goes on from start to start."""
    return timezone.now() + settings.CLOCK_SHIFT
