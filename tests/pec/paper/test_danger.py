"""What a PDF carries that no form needs: each danger found wherever it lies (hostile input 30)."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream, String
from pypdf import PdfWriter

from tests.pec.forms.making import FILLED, opened, written
from tragitto_pec.paper import SUSPICIOUS, danger, is_suspicious
from tragitto_pec.paper.danger import dangers_of


def carrying(thing: pikepdf.Object) -> bytes:
    """A filled form with one more object that no page leads to."""
    document = pikepdf.open(io.BytesIO(FILLED))
    document.make_indirect(thing)
    document.Root.Extra = document.make_indirect(Array([document.make_indirect(thing)]))
    stream = io.BytesIO()
    document.save(stream, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


CARRIED = [
    (Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")), "javascript"),
    (Dictionary(JS=String("app.alert(1)")), "javascript"),
    (Dictionary(Deep=Array([Dictionary(A=Dictionary(S=Name.JavaScript))])), "javascript"),
    (Dictionary(S=Name.Launch, F=String("cmd.exe")), "launch"),
    (Dictionary(S=Name.GoToR, F=String("//host/share")), "remote"),
    (Dictionary(S=Name.GoToE), "remote"),
    (Dictionary(S=Name.SubmitForm, F=String("https://example.org")), "submit"),
    (Dictionary(S=Name.ImportData), "import-data"),
    (Dictionary(S=Name.Rendition), "rich-media"),
    (Dictionary(Type=Name.Annot, Subtype=Name.RichMedia), "rich-media"),
    (Dictionary(Type=Name.Annot, Subtype=Name("/3D")), "rich-media"),
    (Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment), "embedded-files"),
    (Dictionary(Type=Name.Filespec, EF=Dictionary()), "embedded-files"),
    (Dictionary(AA=Dictionary(O=Dictionary(S=Name.Named))), "open-action"),
    (Dictionary(XFA=String("<xdp/>")), "xfa"),
    (Dictionary(Filter=Name.JBIG2Decode), "jbig2"),
    (Dictionary(Filter=Array([Name.FlateDecode, Name.JBIG2Decode])), "jbig2"),
]


@pytest.mark.parametrize(("thing", "flag"), CARRIED)
def test_a_danger_is_found_though_no_page_leads_to_it(thing, flag):
    assert dangers_of(carrying(thing)) == {flag}


def test_a_form_of_the_house_carries_nothing():
    assert dangers_of(FILLED) == frozenset()


@pytest.mark.parametrize(
    "thing",
    [
        Dictionary(S=Name.URI, URI=String("https://www.regione.example")),
        Dictionary(S=Name.GoTo),
        Dictionary(Font=Dictionary(AA=Dictionary(Type=Name.Font))),
    ],
)
def test_what_honest_files_have_is_no_danger(thing):
    assert dangers_of(carrying(thing)) == frozenset()


def test_a_name_written_in_numbers_is_the_same_name():
    disguised = carrying(Dictionary(S=Name.Launch)).replace(b"/Launch", b"/L#61unch")

    assert dangers_of(disguised) == {"launch"}


def test_an_action_on_opening_is_found_and_a_page_to_begin_with_is_none():
    document = pikepdf.open(io.BytesIO(FILLED))
    flags = []
    for action in (Dictionary(S=Name.GoTo), Dictionary(S=Name.Named), Dictionary(S=Name.Launch)):
        document.Root.OpenAction = action
        stream = io.BytesIO()
        document.save(stream)
        flags.append(dangers_of(stream.getvalue()))

    assert flags == [set(), {"open-action"}, {"open-action", "launch"}]


def chained(*actions: Dictionary, shape: Callable[[Dictionary], pikepdf.Object]) -> bytes:
    """A filled form that begins with the first action, each of which has the next one after it."""
    document = pikepdf.open(io.BytesIO(FILLED))
    for action, after in itertools.pairwise(actions):
        action.Next = shape(after)
    document.Root.OpenAction = document.make_indirect(actions[0])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "shape", [lambda after: after, lambda after: Array([Dictionary(S=Name.GoTo), after])]
)
@pytest.mark.parametrize(
    ("last", "flags"),
    [
        (Dictionary(S=Name.URI, URI=String("https://example.org")), {"open-action"}),
        (Dictionary(S=Name.GoTo), set()),
    ],
)
def test_what_follows_a_page_to_begin_with_is_looked_at(shape, last, flags):
    first, second = Dictionary(S=Name.GoTo), Dictionary(S=Name.GoTo)

    assert dangers_of(chained(first, second, last, shape=shape)) == flags


def test_pages_to_begin_with_that_follow_each_other_for_ever():
    document = pikepdf.open(io.BytesIO(FILLED))
    loop = document.make_indirect(Dictionary(S=Name.GoTo))
    loop.Next = Array([loop, loop])
    document.Root.OpenAction = loop
    stream = io.BytesIO()
    document.save(stream)

    assert dangers_of(stream.getvalue()) == {"open-action"}


def test_a_file_that_is_attached_is_found():
    writer = opened()
    writer.add_attachment("fattura.exe", b"MZ")

    assert dangers_of(written(writer)) == {"embedded-files"}


def test_an_owners_password_hides_nothing():
    writer = PdfWriter(clone_from=io.BytesIO(carrying(Dictionary(S=Name.JavaScript))))
    writer.encrypt(user_password="", owner_password="secret", algorithm="AES-256")

    assert dangers_of(written(writer)) == {"javascript"}


def test_a_users_password_hides_everything_and_that_is_said():
    writer = opened()
    writer.encrypt(user_password="secret", algorithm="AES-256")

    assert dangers_of(written(writer)) == {"unsearched"}


def test_more_objects_than_anybody_looks_at(monkeypatch):
    monkeypatch.setattr(danger, "_MOST_OBJECTS", 3)

    assert dangers_of(FILLED) == {"unsearched"}


@pytest.mark.parametrize("flag", sorted(SUSPICIOUS))
def test_any_danger_is_reason_enough_to_show_images_only(flag):
    assert is_suspicious(("signed", flag))


@pytest.mark.parametrize("flags", [(), ("signed", "encrypted"), ("jbig2",), ("unseen",)])
def test_what_is_merely_told_is_no_reason(flags):
    assert not is_suspicious(flags)


def test_a_stream_is_searched_as_a_dictionary_is():
    document = pikepdf.open(io.BytesIO(FILLED))
    document.Root.Extra = document.make_indirect(Stream(document, b"x", Subtype=Name.Movie))
    stream = io.BytesIO()
    document.save(stream)

    assert dangers_of(stream.getvalue()) == {"rich-media"}


@given(st.integers(0, len(FILLED) - 1), st.integers(0, 300), st.binary(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_mangled_file_gets_an_answer(position, length, filler):
    found = dangers_of(FILLED[:position] + filler + FILLED[position + length :])

    assert found <= {*SUSPICIOUS, "jbig2"}
