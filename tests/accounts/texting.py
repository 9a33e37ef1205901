"""A texter for the tests: keeps what it is given, and fails as it is told."""

from dataclasses import dataclass, field

import pytest

from tragitto.accounts import ports, tasks
from tragitto.accounts.actions.codes import WRITING_CODE
from tragitto.accounts.actions.texting import TEXTING, Postponed


@dataclass
class Kept:
    """Implements `accounts.ports.Texter`; raises `fails` where one is given, after keeping the message."""

    arrived: list[tuple[str, str, str]] = field(default_factory=list)
    fails: BaseException | None = None

    def send(self, number: str, text: str, *, key: str) -> None:
        self.arrived.append((number, text, key))
        if self.fails:
            raise self.fails


@pytest.fixture
def texter():
    """The house can send text messages, and this keeps them."""
    before, kept = ports.texter(), Kept()
    ports.use(kept)
    yield kept
    ports.use(before)


def work() -> None:
    """What a worker does soon after: once for every job of ours that waits."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    for name, task in ((WRITING_CODE, tasks.write_code), (TEXTING, tasks.send_text)):
        for job in ProcrastinateJob.objects.filter(task_name=name).order_by("pk"):
            try:
                task(**job.args)
            except Postponed:
                continue
            ProcrastinateJob.objects.filter(pk=job.pk).delete()


def code_in(words: str) -> str:
    """The six digits of a message."""
    return next(word for word in words.split() if word.isdigit() and len(word) == 6)
