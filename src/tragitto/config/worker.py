"""A background worker: takes jobs from the database until asked to stop."""

import os

import django


def main() -> None:
    """Run one worker; jobs whose worker was killed are taken up again by the periodic look-out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragitto.config.settings")
    django.setup()
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    with worker_app.open():
        worker_app.run_worker(
            concurrency=2, listen_notify=True, delete_jobs="successful", install_signal_handlers=True
        )
