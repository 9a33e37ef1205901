"""Housekeeping that belongs to no room."""

from django.core.management import call_command
from procrastinate.contrib.django import app


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clear-sessions")
def clear_sessions(timestamp: int) -> None:
    """Remove sessions that have ended, every night."""
    call_command("clearsessions")
