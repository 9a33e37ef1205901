"""The picture of a journey: every stage and step is in it, in every language, the same each time."""

from xml.etree import ElementTree

import pytest

from tests.schemes.making import CLOSED, journey
from tragitto.schemes.drawing import as_mermaid, as_svg, lay_out
from tragitto.schemes.drawing.layout import HEIGHT, WIDTH
from tragitto.schemes.vocabulary import Audience


def small(**step):
    return journey(
        [{"code": "first"}, {"code": "second"}, CLOSED],
        [
            {"target": "first"},
            {"source": "first", "target": "second", **step},
            {"source": "second", "target": "at-the-end"},
            {"source": "second", "target": "first", "kind": "return"},
        ],
    )


@pytest.mark.parametrize("language", ["it", "fr", "ar", "en"])
def test_the_picture_is_well_formed_in_every_language(shipped, language):
    for each in shipped.journeys:
        root = ElementTree.fromstring(as_svg(each, language=language))

        assert root.attrib["lang"] == language
        assert len([e for e in root.iter() if e.tag.endswith("marker")]) == 2


def test_arabic_runs_from_right_to_left():
    assert 'direction="rtl"' in as_svg(small(), language="ar")
    assert 'direction="ltr"' in as_svg(small(), language="it")


def test_a_step_that_awaits_a_room_is_dashed():
    assert "stroke-dasharray" in as_svg(small(awaits="selection"), language="it")
    assert "stroke-dasharray" not in as_svg(small(), language="it")


def test_no_two_boxes_overlap(shipped):
    for each in shipped.journeys:
        boxes = lay_out(each).boxes
        clashes = [
            (one.stage.code, other.stage.code)
            for place, one in enumerate(boxes)
            for other in boxes[place + 1 :]
            if abs(one.x - other.x) < WIDTH and abs(one.y - other.y) < HEIGHT
        ]

        assert len(boxes) == len(each.stages)
        assert clashes == []


def test_every_step_is_drawn_or_noted(shipped):
    for each in shipped.journeys:
        layout = lay_out(each)

        assert len(layout.arrows) + len(layout.notes) == len(each.steps)


def test_the_same_journey_gives_the_same_picture(shipped):
    one, *_ = shipped.journeys

    assert as_svg(one, language="fr") == as_svg(one, language="fr")


def test_each_audience_reads_its_own_words(shipped):
    one, *_ = shipped.journeys

    assert as_svg(one, language="it", audience=Audience.EMPLOYER) != as_svg(one, language="it")


def test_words_of_a_title_cannot_break_out():
    titles = {"office": dict.fromkeys(("it", "fr", "ar", "en"), "<script>"), "employer": {}}
    made = journey([{"code": "first", "titles": titles}], [{"target": "first"}])

    assert "<script>" not in as_svg(made, language="it")


def test_mermaid_dots_what_awaits():
    assert "-.->" in as_mermaid(small(awaits="selection"), language="it")
    assert "-.->" not in as_mermaid(small(), language="it")
