"""The small parts as tags."""

from datetime import UTC, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from tragitto.web.parts import icons, states


def drawn(source: str, **context: object) -> str:
    return Template("{% load parts %}" + source).render(Context(context))


@pytest.mark.parametrize("state", states.STATES)
def test_a_state_is_told_by_a_word_and_a_shape_besides_its_colour(state):
    html = drawn("{% badge state %}", state=state)

    assert "<svg" in html
    assert str(states.look(state).word) in html


def test_a_state_may_borrow_a_tone_with_a_word_of_its_own():
    assert "Under review" in drawn("{% badge 'open' 'Under review' %}")


def test_an_unknown_state_is_refused():
    with pytest.raises(KeyError):
        drawn("{% badge 'perhaps' %}")


def test_every_state_has_its_icon_in_the_built_set():
    assert {state.icon for state in states.STATES.values()} <= icons.drawings().keys()


def test_an_icon_that_is_not_in_the_list_is_refused():
    with pytest.raises(KeyError):
        drawn("{% icon 'it-nothing' %}")


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in drawn("{% icon 'it-clock' %}")
    assert 'aria-label="Late"' in drawn("{% icon 'it-clock' 'Late' %}")


def test_a_code_is_isolated_and_escaped():
    assert drawn("{% code value %}", value="<E-7>") == '<bdi class="code" dir="ltr">&lt;E-7&gt;</bdi>'


def test_an_instant_is_isolated_and_readable_by_machines():
    html = drawn("{% instant at 'Europe/Rome' %}", at=datetime(2025, 7, 31, 21, 59, 59, tzinfo=UTC))

    assert html.startswith('<bdi><time datetime="2025-07-31T23:59:59+02:00">')


@pytest.mark.parametrize("tag", ["day", "instant"])
def test_a_moment_nobody_knows_is_said_to_be_unknown(tag):
    with translation.override("en"):
        assert "not known" in drawn("{% " + tag + " at %}", at=None)


def test_a_published_text_follows_the_language_of_the_page():
    text = {"it": "Avviso", "ar": "إعلان"}

    assert drawn("{% text title %}", title=text, language="ar") == "إعلان"
    assert drawn("{% text title %}", title=text, language="fr") == "Avviso"


def test_a_wide_table_can_be_scrolled_by_keyboard_and_has_a_name():
    html = drawn("{% table 'Filings' dense=True %}<tbody></tbody>{% endtable %}")

    assert 'tabindex="0" aria-label="Filings"' in html
    assert "<caption>Filings</caption><tbody></tbody>" in html


def test_the_trail_ends_with_this_page():
    html = drawn("{% trail 'Home' '/' 'Calls' '/calls/' 'Lombardia' %}")

    assert '<a href="/calls/">Calls</a>' in html
    assert html.endswith('<li aria-current="page">Lombardia</li></ol></nav>')


def test_a_trail_without_its_end_is_refused():
    with pytest.raises(TemplateSyntaxError):
        drawn("{% trail 'Home' '/' %}")


def test_a_long_list_of_pages_is_cut():
    html = drawn("{{ pages|shown_pages:50|join:' ' }}", pages=Paginator(range(1000), 10))

    assert html == "1 0 48 49 50 51 52 0 100"


def test_roles_are_told_in_words():
    with translation.override("en"):
        assert (
            drawn("{{ roles|role_words|join:', ' }}", roles={"reviewer", "officer"})
            == "case officer, reviewer"
        )
