"""`python -m tragitto_matching`: what it prints, how it ends, and that its check sees what is wrong."""

import json
import os
import subprocess
import sys
from time import perf_counter

import pytest

from tests.house.reading import ROOT, SRC
from tests.house.test_documented import unnamed
from tests.matching import golden
from tragitto_matching import __main__, commands, commands_check, files
from tragitto_matching.__main__ import _parser, main
from tragitto_matching.hashing import instance_hash

INSTANCE = golden.HERE / "instance.json"
KINDS = ("pairs", "shortlists", "assign", "match", "timetable")


def said(capsys, *arguments: object) -> dict:
    assert main([str(argument) for argument in arguments]) == 0
    return json.loads(capsys.readouterr().out)


def ends(capsys, *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    return (status, *capsys.readouterr())


@pytest.fixture
def results(capsys) -> dict[str, dict]:
    return {kind: said(capsys, kind, INSTANCE) for kind in KINDS}


def test_results_name_engine_instance_and_what_was_asked(results):
    given = instance_hash(files.read(INSTANCE))

    assert {(made["engine"], made["instance"]) for made in results.values()} == {("2", given)}
    assert {kind: made["arguments"] for kind, made in results.items()} == {
        "pairs": {},
        "shortlists": {"per_seat": 3},
        "assign": {},
        "match": {"proposing": "candidates", "ties": "lottery", "seed": None},
        "timetable": {"slots": 0, "per_seat": 3},
    }
    assert {kind: made["result"] for kind, made in results.items() if kind in ("pairs", "assign")} == {
        kind: golden.stored()[kind] for kind in ("pairs", "assign")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_check_finds_nothing_wrong_with_a_result(capsys, tmp_path, kind):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(said(capsys, kind, INSTANCE)))

    assert ends(capsys, "check", INSTANCE, path) == (0, "The result is right.\n", "")


def test_the_check_finds_nothing_wrong_with_the_other_matches(capsys):
    instance = files.read(INSTANCE)

    for options in (["--proposing", "posts"], ["--ties", "largest"], ["--seed", "7"]):
        assert commands_check.faults(instance, said(capsys, "match", INSTANCE, *options)) == []


def test_the_check_sees_that_a_result_was_changed(results):
    made = {**results["assign"], "value": results["assign"]["value"] + 1}

    assert commands_check.faults(files.read(INSTANCE), made)[0] == (
        "The result was changed after it was made: its hash is another."
    )


def test_a_result_of_another_instance_is_not_right(results):
    assert commands_check.faults(files.read(INSTANCE), {**results["pairs"], "instance": "0" * 64}) == [
        "The result is of another instance."
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"engine": "1"},
            "The result was made by version 1 of the engine, this is 2:"
            " check it with that version, or compute it again.",
        ),
        ({"kind": "guess"}, "This is no result of the engine: give what one of its commands has printed."),
        ({"kind": []}, "This is no result of the engine: give what one of its commands has printed."),
    ],
    ids=["another engine", "another kind", "no kind"],
)
def test_what_cannot_be_judged_is_no_verdict(capsys, tmp_path, results, change, sentence):
    path = tmp_path / "result.json"
    path.write_text(json.dumps({**results["pairs"], **change}))

    assert ends(capsys, "check", INSTANCE, path) == (2, "", f"{path}: {sentence}\n")


def test_a_verdict_is_told_by_the_status(capsys, tmp_path, results):
    path = tmp_path / "result.json"
    path.write_text(json.dumps(results["assign"] | {"value": 1}))

    status, told, error = ends(capsys, "check", INSTANCE, path)

    assert (status, error) == (1, "")
    assert told == (
        "The result was changed after it was made: its hash is another.\n"
        "The value is said to be 1, and is 253.\n"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This is not JSON: Expecting value in line 1, column 1; write it anew."),
        (b"\xff", "This is not text in UTF-8 from byte 0 on: save it as such."),
        (b"[" * 100_000, "This is nested too deeply: no form has so many brackets in each other."),
        (b'{"a": NaN}', "NaN is no number of JSON: write a whole one."),
        (b'{"a": -Infinity}', "-Infinity is no number of JSON: write a whole one."),
        (b'{"a": ' + b"9" * 5_000 + b"}", "A number has too many digits: none may be beyond 64 bits."),
        (b'{"a": "\\ud800"}', "A text has half a character (\\ud800 to \\udfff): write the whole one."),
        (b'{"a": 1, "a": 2}', "A name stands twice in one place: a, a."),
        (b"[]", "This is no result of the engine: give what one of its commands has printed."),
    ],
    ids=["nothing", "bytes", "deep", "NaN", "infinity", "digits", "surrogate", "twice", "a list"],
)
def test_a_result_that_cannot_be_read_is_no_verdict(capsys, tmp_path, content, sentence):
    path = tmp_path / "result.json"
    path.write_bytes(content)

    assert ends(capsys, "check", INSTANCE, path) == (2, "", f"{path}: {sentence}\n")


def test_a_crash_of_ours_is_no_verdict(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(commands_check, "faults", lambda *_given: {}["gone"])
    path = tmp_path / "result.json"
    path.write_text("{}")

    status, told, error = ends(capsys, "check", INSTANCE, path)

    assert (status, told) == (3, "")
    assert error.endswith("KeyError: 'gone'\n")


def test_a_pair_is_explained(capsys):
    pairs = said(capsys, "pairs", INSTANCE)["pairs"]
    post = next(code for code, row in pairs.items() if row)
    candidate, score = next(iter(pairs[post].items()))

    told = said(capsys, "explain", INSTANCE, candidate, post, "--audience", "employer", "--language", "fr")

    assert (told["is_eligible"], told["score"]) == (True, score)
    assert told["because"][0] == "Remplit toutes les conditions demandées : 1."


def test_a_candidate_is_told_what_would_change(capsys):
    pairs = said(capsys, "pairs", INSTANCE)["pairs"]
    candidate = next(f"C{at}" for at in range(40) if f"C{at}" not in pairs["P0"])

    told = said(capsys, "explain", INSTANCE, candidate, "P0", "--audience", "candidate")

    assert list(told) == ["candidate", "post", "is_eligible", "because", "what_would_change"]
    assert len(told["because"]) == len(told["what_would_change"]) > 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("explain", INSTANCE, "C99", "P0"), "There is no candidate C99.\n"),
        (("explain", INSTANCE, "C0", "P99"), "There is no post P99.\n"),
        (
            ("pairs", ROOT / "README.md"),
            f"{ROOT / 'README.md'}: This is not JSON: Expecting value in line 1, column 1; write it anew.\n",
        ),
        (
            ("timetable", INSTANCE, "--slots", "2000"),
            "A timetable has 1 to 1024 slots: make a longer one day by day.\n",
        ),
        (
            ("shortlists", INSTANCE, "--per-seat", "0"),
            "A ratio is made of whole numbers of at least 1, and seats are not negative.\n",
        ),
    ],
)
def test_what_cannot_be_read_ends_with_a_sentence(capsys, arguments, sentence):
    assert ends(capsys, *arguments) == (2, "", sentence)


@pytest.mark.parametrize("name", ["none.json", "none/none.json"])
def test_a_file_that_is_not_there_ends_with_a_sentence(capsys, tmp_path, name):
    path = tmp_path / name

    assert ends(capsys, "pairs", path) == (2, "", f"There is no file {path}: give the path of one.\n")
    assert ends(capsys, "check", INSTANCE, path)[0] == 2


def test_a_folder_is_no_result(capsys, tmp_path):
    assert ends(capsys, "check", INSTANCE, tmp_path) == (
        2,
        "",
        f"{tmp_path} cannot be read: Is a directory.\n",
    )


def test_a_folder_without_an_instance_ends_with_a_sentence(capsys, tmp_path):
    missing = tmp_path / "instance.json"

    assert ends(capsys, "pairs", tmp_path) == (2, "", f"There is no file {missing}: give the path of one.\n")


@pytest.mark.parametrize(
    "asked",
    [
        ("shortlists", "--per-seat"),
        ("timetable", "--per-seat"),
        ("timetable", "--slots"),
        ("match", "--seed"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5_000, "-1", "1.5", "\u0663"])
def test_a_number_that_is_none_ends_with_a_sentence(capsys, asked, number):
    with pytest.raises(SystemExit) as end:
        main([asked[0], str(INSTANCE), asked[1], number])

    assert end.value.code == 2
    assert "must be a whole number between 0 and" in capsys.readouterr().err


def test_the_number_of_an_employer_takes_no_memory(capsys, tmp_path):
    """It is a name: two thousand million employers need not be there."""
    document = json.loads(INSTANCE.read_bytes())
    renamed = {0: 2_000_000_000, 1: 7, 2: 2**31 - 1}
    for post in document["posts"]:
        post["employer"] = renamed.get(post["employer"], post["employer"])
    path, result = tmp_path / "instance.json", tmp_path / "result.json"
    path.write_text(json.dumps(document))

    made = said(capsys, "timetable", path)

    assert {"2000000000", "7", str(2**31 - 1)} <= set(made["employers"])
    result.write_text(json.dumps(made))
    assert ends(capsys, "check", path, result)[0] == 0


def test_what_does_not_fit_the_memory_ends_with_a_sentence(capsys, monkeypatch):
    def too_large(*_given: object) -> None:
        raise MemoryError

    monkeypatch.setattr(commands, "answer", too_large)

    assert ends(capsys, "pairs", INSTANCE) == (
        2,
        "",
        f"{INSTANCE} is too large for the memory of this machine: split it.\n",
    )


def test_a_compiler_that_fails_ends_with_a_sentence(capsys, monkeypatch):
    def fails() -> None:
        raise RuntimeError("no space left")

    monkeypatch.setattr(__main__, "build", fails)

    assert ends(capsys, "build") == (
        2,
        "",
        "The compiler fails, so the NumPy path is taken, with the same results: no space left\n",
    )


def test_version_and_build_say_what_there_is(capsys):
    assert ends(capsys, "version") == (0, "2 (compiled kernels)\n", "")
    status, out, _ = ends(capsys, "build")
    assert (status, out.startswith(str(SRC / "tragitto_matching" / "kernels"))) == (0, True)


def test_every_command_is_documented():
    names = list(_parser()._subparsers._group_actions[0].choices)

    assert len(names) == 9
    assert unnamed(names, (ROOT / "docs" / "matching.md").read_text()) == []


def test_a_cold_process_answers_at_once():
    """Half a second is wanted of a machine that does nothing else; here others work beside it."""
    began = perf_counter()
    told = subprocess.run(
        [sys.executable, "-m", "tragitto_matching", "pairs", str(INSTANCE)],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(told.stdout)["result"] == golden.stored()["pairs"]
    assert perf_counter() - began < 5
