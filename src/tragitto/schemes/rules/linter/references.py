"""Questions about what a notice points at: its own paragraphs, and the address it takes filings at."""

import re
from collections.abc import Iterator, Sequence

from tragitto.schemes.pack import CallSpec, Paragraph
from tragitto.schemes.rules.linter.reading import all_sentences, warning
from tragitto.schemes.rules.problems import Problem

POINTS_AT = re.compile(r"\b(?:paragrafo|punto)\s+(?P<number>\d+(?:\.\d+)*)", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def paragraphs_that_do_not_exist(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A reference to a paragraph that the notice does not have."""
    known = {paragraph.number for paragraph in notice}
    for paragraph, sentence in all_sentences(notice):
        for match in POINTS_AT.finditer(sentence):
            if match["number"] not in known:
                said = f"§{match['number']} is referred to and does not exist"
                matter = f"§{paragraph.number} → §{match['number']}"
                yield warning("reference_to_nothing", call, f"§{paragraph.number}", said, matter)


def mailbox_not_in_the_notice(call: CallSpec, notice: Sequence[Paragraph]) -> Iterator[Problem]:
    """A mailbox in the data that the notice does not name."""
    written = {address.lower() for _, text in all_sentences(notice) for address in ADDRESS.findall(text)}
    if notice and call.mailbox and call.mailbox.lower() not in written:
        said = f"the notice does not name the mailbox {call.mailbox}"
        yield warning("mailbox_not_in_notice", call, "mailbox", said, call.mailbox)
