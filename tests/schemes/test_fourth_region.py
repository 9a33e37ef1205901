"""A fourth region is a pack and nothing else: files alone make its call, and no line of code."""

import shutil

import pytest

from tests.conftest import NOON
from tragitto.kernel.actors import Actor
from tragitto.schemes import queries
from tragitto.schemes.actions import load, publish
from tragitto.schemes.models import Call
from tragitto.schemes.pack import read_pack
from tragitto.schemes.rules import check

REGION = """
[[regions]]
code = "fourth-region"
title = { it = "Quarta regione", fr = "Quatrième région", ar = "الجهة الرابعة", en = "Fourth region" }
nuts = "ITC1"
istat_code = "01"
provinces = ["TO", "CN"]

[[organisations]]
code = "fourth-office"
name = "Ufficio della quarta regione"
kind = "office"

[[duties]]
duty = "reviews"
organisation = "fourth-office"
region = "fourth-region"
source = "made up for a test"
"""


@pytest.fixture
def four_regions(shipped_folder, tmp_path):
    """The shipped scheme with one more region and its call, written as files."""
    folder = shutil.copytree(shipped_folder, tmp_path / "pack")
    scheme = folder / "scheme.toml"
    scheme.write_text(scheme.read_text(encoding="utf-8") + REGION, encoding="utf-8")
    (known,) = [path for path in (folder / "calls").glob("*.toml") if path.with_suffix(".notice.md").exists()]
    text = known.read_text(encoding="utf-8")
    call = read_pack(folder).calls
    (model,) = [each for each in call if each.notice]
    for old, new in (
        (f'code = "{model.code}"', 'code = "fourth-2026"'),
        (f'region = "{model.region}"', 'region = "fourth-region"'),
        (f'publisher = "{model.publisher}"', 'publisher = "fourth-office"'),
        ("last_day = 2025-07-31", "last_day = 2025-07-31\nopens_on = 2025-06-03"),
        (f'mailbox = "{model.mailbox}"', 'mailbox = "fourth@pec.example"'),
        (f'notice = "{model.notice}"', 'notice = "fourth.notice.md"'),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    text = text[: text.index("[[gaps]]")] + text[text.index("# --- choices") :]
    (folder / "calls" / "fourth.toml").write_text(text, encoding="utf-8")
    notice = (folder / "calls" / model.notice).read_text(encoding="utf-8")
    (folder / "calls" / "fourth.notice.md").write_text(
        notice.replace(model.mailbox, "fourth@pec.example"), encoding="utf-8"
    )
    return folder


def test_the_fourth_region_passes_the_check(four_regions, law, registries):
    problems = check(read_pack(four_regions), law, registries)

    assert [problem for problem in problems if problem.is_error] == []


@pytest.mark.django_db
def test_the_fourth_region_is_loaded_and_published_for_real(four_regions, law_loaded, publisher_of):
    load(pack=read_pack(four_regions), actor=Actor.system("cli"), at=NOON)
    call = Call.objects.get(mailbox="fourth@pec.example")

    publish(call=call, actor=publisher_of(call), at=NOON)

    assert queries.call_for_address("fourth@pec.example", NOON) == call
    assert queries.window_of(call, NOON) is not None
    assert call.region.provinces == ["TO", "CN"]
