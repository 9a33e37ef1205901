"""Blanks read aloud: tagged in reading order; repeated rows ask for no more than is needed."""

from io import BytesIO

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from tragitto.schemes.blanks import blank_form, template_of, words
from tragitto.schemes.rules import slots


@pytest.fixture(scope="module", params=["it", "fr"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def form(shipped):
    return shipped.form("modulo-a")


@pytest.fixture(scope="module")
def reader(form, language) -> PdfReader:
    """The blank as a program that reads aloud opens it."""
    return PdfReader(
        BytesIO(blank_form(call_code="a-call", call_title="Un avviso", form=form, language=language))
    )


def elements(reader: PdfReader) -> list[DictionaryObject]:
    document = reader.root_object["/StructTreeRoot"]["/K"]
    return [each.get_object() for each in document["/K"]]


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def test_the_file_says_that_it_is_tagged_and_in_which_language(reader):
    catalogue = reader.root_object

    assert (bool(catalogue["/MarkInfo"]["/Marked"]), catalogue["/Lang"]) == (True, "it-IT")


def test_fields_are_read_in_the_order_of_the_form(reader, form, language):
    read = [each["/K"]["/Obj"]["/T"] for each in elements(reader) if each["/S"] == "/Form"]

    template = template_of("a-call", form, language)
    wanted = [place.name for place in template.places]
    assert [name for name in read if name != "signature"] == wanted
    assert read.count("signature") == 1


def test_a_heading_for_the_form_and_one_for_each_of_its_parts(reader, form):
    roles = [str(each["/S"]) for each in elements(reader)]

    parts = {slot.group.name for slot in slots(form)}
    assert (roles.count("/H1"), roles.count("/H2")) == (1, len(parts))


def test_guidance_says_in_which_language_it_is(reader, language):
    said = {str(each["/Lang"]) for each in elements(reader) if "/Lang" in each}

    assert said == ({language} - {"it"})


def test_a_label_is_read_before_its_field(reader):
    found = elements(reader)
    field = next(place for place, each in enumerate(found) if each["/S"] == "/Form")

    assert found[field]["/K"]["/Obj"]["/T"] == "enterprise_name"
    assert found[field - 1]["/S"] == "/P"


def test_everything_drawn_belongs_to_the_tree_or_is_an_ornament(reader):
    tree = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(tree[at]): tree[at + 1].get_object() for at in range(0, len(tree), 2)}

    for page in reader.pages:
        drawn = page.get_contents().get_data()
        assert drawn.count(b"/MCID") == len(parents[int(page["/StructParents"])])
        assert drawn.count(b"BDC") + drawn.count(b"BMC") == drawn.count(b"EMC")
        for annotation in page["/Annots"]:
            widget = annotation.get_object()
            assert parents[int(widget["/StructParent"])]["/K"]["/Obj"]["/T"] == widget["/T"]


def test_the_tabulator_follows_the_tree(reader):
    assert {page["/Tabs"] for page in reader.pages} == {"/S"}


def test_only_the_first_row_of_a_part_that_repeats_is_starred(reader, form):
    rows = {group.name: group.rows for group in form.groups}
    once = {field.label["it"] for field in form.fields if field.required and rows[field.section] > 1}

    text = text_of(reader)

    assert once
    assert all(text.count(f"{label} *") == 1 for label in once)


def test_a_later_row_says_that_it_need_not_be_filled_in(reader, form):
    later = sum(group.rows - 1 for group in form.groups if group.rows > 1)
    said = words.texts(words.ONLY_IF_NEEDED, "it")["it"]

    assert text_of(reader).count(said) == later


def test_tool_tips_name_their_row(reader):
    fields = reader.get_fields()

    one, two = (str(fields[f"unit_municipality_{row}"]["/TU"]) for row in (1, 2))
    assert one.startswith(str(fields["unit_municipality_1"]["/TU"]).split(" – ")[0])
    assert (one.split(" – ")[1], two.split(" – ")[1]) == ("1", "2")


def test_guidance_that_says_the_same_is_printed_once(form):
    same = form.fields[0].label["it"]
    field = replace(form.fields[0], label={**form.fields[0].label, "fr": same}, help={})
    changed = replace(form, fields=(field, *form.fields[1:]))

    guided, plain = (
        blank_form(call_code="a-call", call_title="Un avviso", form=changed, language=language)
        for language in ("fr", "it")
    )

    assert text_of(PdfReader(BytesIO(guided))).count(same) == text_of(PdfReader(BytesIO(plain))).count(same)
