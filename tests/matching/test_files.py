"""Instances as files: what goes round, and what is refused."""

import importlib.util
import json
from dataclasses import replace

import pytest

from tests.house.reading import ROOT
from tests.matching.made_up import small
from tests.matching.test_pairs import listed as pairs_of
from tragitto_matching import files
from tragitto_matching.hashing import instance_hash
from tragitto_matching.pairs import eligible_pairs

needs_arrow = pytest.mark.skipif(not importlib.util.find_spec("pyarrow"), reason="Parquet needs pyarrow")


def document() -> dict:
    return json.loads(files.write(small(4)))


def refused(wrong: dict) -> str:
    with pytest.raises(files.Unreadable) as refusal:
        files.read(json.dumps(wrong).encode())
    return str(refusal.value)


def test_an_instance_goes_round():
    for seed in range(100):
        instance = small(seed, seed % 15, seed % 9)
        written = files.write(instance)
        again = files.read(written)
        assert instance_hash(again) == instance_hash(instance), seed
        assert files.write(again) == written


def test_a_file_is_read_by_its_path(tmp_path):
    path = tmp_path / "instance.json"
    path.write_bytes(files.write(small(1)))

    assert instance_hash(files.read(path)) == instance_hash(small(1))


def test_what_need_not_be_said_may_be_left_out():
    short = {
        "form": "tragitto-matching-instance",
        "version": 1,
        "profiles": ["cook"],
        "languages": ["it"],
        "skills": [],
        "licences": [],
        "regions": ["veneto"],
        "shifts": [],
        "weights": [{"language": {"points": 10, "most": 3}}],
        "candidates": [{"code": "C1", "profiles": ["cook"], "regions": ["veneto"]}],
        "posts": [{"code": "P1", "employer": 0, "profile": "cook", "seats": 1, "region": "veneto"}],
    }

    read = files.read(json.dumps(short).encode())

    assert (read.candidates.schooling[0], read.candidates.first_region[0], read.posts.starts_on[0]) == (
        0,
        -1,
        0,
    )
    assert read.weights.points.tolist() == [[10, 0, 0, 0, 0]]


@pytest.mark.parametrize("name", ["sex", "age", "religion", "origin", "family", "nationality", "note"])
def test_another_column_is_refused(name):
    wrong = document()
    wrong["candidates"][2][name] = 1

    assert refused(wrong) == f"candidates[2] has {name}, which the form does not know."


def test_another_criterion_is_refused():
    wrong = document()
    wrong["weights"][0]["sex"] = {"points": 5, "most": 1}

    assert refused(wrong) == "weights[0] has sex, which the form does not know."


def changed(path: tuple, value: object) -> dict:
    wrong = document()
    place = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return wrong


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("version",), 2, 'The file must say "form": "tragitto-matching-instance" and "version": 1.'),
        (("posts", 0, "profile"), "pilot", "posts[0].profile must be one of cook, welder, carer."),
        (("posts", 0, "seats"), -1, "posts[0].seats must be a whole number between 0 and 2147483647."),
        (("posts", 0, "seats"), 1.5, "posts[0].seats must be a whole number between 0 and 2147483647."),
        (("posts", 0, "seats"), True, "posts[0].seats must be a whole number between 0 and 2147483647."),
        (("posts", 0, "seats"), 10**20, "posts[0].seats must be a whole number between 0 and 2147483647."),
        (("posts", 0, "weights"), 9, "weights of the posts must lie between 0 and 1."),
        (("posts", 1, "code"), "P0", "codes of the posts must be different from each other."),
        (("posts", 1, "code"), "P\n0", "codes of the posts must be texts of one line that are not empty."),
        (("posts", 1, "code"), 7, "posts[1].code must be a text."),
        (
            ("candidates", 0, "levels"),
            {"it": "A0"},
            "candidates[0].levels.it must be one of A1, A2, B1, B2, C1, C2.",
        ),
        (
            ("candidates", 0, "levels"),
            {"de": "A1"},
            "candidates[0].levels has de, which the form does not know.",
        ),
        (("candidates", 0, "schooling"), 9, "schooling must lie between 0 and 8."),
        (
            ("candidates", 0, "regions"),
            ["lazio", "mars"],
            "candidates[0].regions names mars, which is in no list of the file.",
        ),
        (("candidates", 0, "regions"), ["lazio", "lazio"], "candidates[0].regions names something twice."),
        (
            ("candidates", 0, "available_from"),
            "soon",
            "candidates[0].available_from must be a day after 1970-01-01, as 2026-11-30.",
        ),
        (("candidates", 0), 3, "candidates[0] must be an object."),
        (("candidates",), {}, "candidates must be a list."),
        (("excluded",), [["C0", "P99"]], "excluded names C0 and P99, which are not both in the file."),
        (("placed",), [["C0"]], "placed must be pairs of the codes of a candidate and of a post."),
        (("placed",), 5, "placed must be a list of pairs."),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(path, value, sentence):
    assert refused(changed(path, value)) == sentence


@pytest.mark.parametrize("text", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_what_is_not_json_is_refused(text):
    with pytest.raises(files.Unreadable):
        files.read(text)


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(files.Unreadable, match="stands twice"):
        files.read(b'{"form": 1, "form": 2}')


def test_the_schema_names_the_fields_that_are_read():
    schema = json.loads((files.HERE / "schema.json").read_text())
    written = document()

    assert set(schema["properties"]) == set(written)
    for part in ("candidates", "posts"):
        described = schema["properties"][part]["items"]
        assert set(described["properties"]) == set(written[part][0])
        assert described["additionalProperties"] is False
    assert set(schema["properties"]["weights"]["items"]["properties"]) == set(written["weights"][0])


@needs_arrow
def test_columns_go_round(tmp_path):
    for seed in range(6):
        instance = small(seed, 3 * seed, seed)
        files.write_parquet(instance, tmp_path / str(seed))
        assert instance_hash(files.read(tmp_path / str(seed))) == instance_hash(instance)


@needs_arrow
@pytest.mark.parametrize(
    ("part", "name"), [("candidates", "sex"), ("candidates", "levels.de"), ("posts", "nationality")]
)
def test_another_column_of_numbers_is_refused(tmp_path, part, name):
    from pyarrow import parquet

    files.write_parquet(small(1), tmp_path)
    path = tmp_path / f"{part}.parquet"
    table = parquet.read_table(path)
    parquet.write_table(table.append_column(name, table.column("codes")), path)

    with pytest.raises(files.Unreadable) as refusal:
        files.read(tmp_path)

    assert str(refusal.value) == f"{tmp_path}: {part}.parquet has {name}, which the form does not know."


@needs_arrow
def test_a_column_that_is_missing_is_named(tmp_path):
    from pyarrow import parquet

    files.write_parquet(small(1), tmp_path)
    path = tmp_path / "posts.parquet"
    parquet.write_table(parquet.read_table(path).drop_columns(["seats"]), path)

    with pytest.raises(files.Unreadable, match=r"posts.parquet must have the column seats\."):
        files.read(tmp_path)


@needs_arrow
def test_a_damaged_column_file_is_named(tmp_path):
    files.write_parquet(small(1), tmp_path)
    (tmp_path / "posts.parquet").write_bytes(b"PAR1 and nothing more")

    with pytest.raises(files.Unreadable, match=r"posts.parquet is no file of Parquet that can be read"):
        files.read(tmp_path)


@needs_arrow
def test_a_name_that_stands_twice_beside_the_columns_is_refused(tmp_path):
    files.write_parquet(small(1), tmp_path)
    text = (tmp_path / "instance.json").read_text()
    (tmp_path / "instance.json").write_text(text.replace("{", '{"version": 1,', 1))

    with pytest.raises(files.Unreadable, match="stands twice"):
        files.read(tmp_path)


def test_a_file_that_is_wrong_is_named(tmp_path):
    path = tmp_path / "instance.json"
    path.write_bytes(b"[]")

    with pytest.raises(files.Unreadable) as refusal:
        files.read(path)

    assert str(refusal.value) == f"{path}: the file must be an object."


def test_the_hash_sees_every_column():
    instance = small(2)
    levels = instance.candidates.levels.copy()
    levels[3, 1] = (levels[3, 1] + 1) % 7

    changed_one = replace(instance, candidates=replace(instance.candidates, levels=levels))

    assert instance_hash(changed_one) != instance_hash(instance)
    assert instance_hash(replace(instance, regions=instance.regions[::-1])) != instance_hash(instance)


def test_the_example_of_the_documentation_is_an_instance():
    text = (ROOT / "docs" / "matching.md").read_text().split("```json\n")[1].split("```")[0]

    instance = files.read(text.encode())

    assert list(pairs_of(eligible_pairs(instance))) == [(0, 0)]
