"""Checks of the whole that CI runs beside the suite: migrations, settings, catalogues."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def migrations_are_written() -> None:
    """Fails when a model has changed and no migration says so."""
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


def settings_bear_the_public_network() -> None:
    """Django's deployment check, with the settings of a public address; any warning fails."""
    environment = {
        **os.environ,
        "TRAGITTO_ADDRESS": "https://tragitto.example",
        "TRAGITTO_SMTP": "smtps://tragitto:secret@mail.tragitto.example",
        "DATABASE_URL": "postgresql:///none",
    }
    command = [sys.executable, "-m", "tragitto.config.entry", "check", "--deploy"]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def catalogues_are_complete() -> None:
    """Fails when a text of the code is missing from a catalogue, or a catalogue keeps one no longer used."""
    import polib

    from tragitto.config import messages

    fresh = {(entry.msgctxt, entry.msgid) for entry in messages.extract(ROOT)}
    faults = []
    for language in messages.LANGUAGES:
        entries = polib.pofile(str(messages.catalogue(ROOT, language)))
        known = {(entry.msgctxt, entry.msgid) for entry in entries}
        faults += [f"{language}: missing {text!r}" for _, text in sorted(fresh - known, key=str)]
        faults += [f"{language}: no longer used {text!r}" for _, text in sorted(known - fresh, key=str)]
        faults += [f"{language}: untranslated {entry.msgid!r}" for entry in entries.untranslated_entries()]
    for fault in faults:
        print(fault)
    if faults:
        raise SystemExit(
            f"{len(faults)} texts differ between code and catalogues: run `./tragitto messages`."
        )


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tragitto.config.settings")
    sys.path.insert(0, str(ROOT))
    import tests.plugin

    django.setup()
    tests.plugin.make_database()
    try:
        migrations_are_written()
        catalogues_are_complete()
    finally:
        from django.db import connections

        connections.close_all()
        tests.plugin.drop_database()
        tests.plugin.leave()
    settings_bear_the_public_network()
