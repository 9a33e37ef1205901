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
from tragitto_matching import commands_check, files
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

    assert {(made["engine"], made["instance"]) for made in results.values()} == {("1", given)}
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


def spoilt(results, kind):
    """A result with one thing wrong, and its hash made to fit again."""
    made = json.loads(json.dumps(results[kind]))
    match kind:
        case "pairs":
            row = next(row for row in made["pairs"].values() if row)
            row[next(iter(row))] += 1
        case "shortlists":
            row = next(row for row in made["lists"].values() if row)
            row.pop()
        case "assign":
            made["post_of"].pop(next(iter(made["post_of"])))
        case "match":
            made["post_of"].pop(next(iter(made["post_of"])))
        case "timetable":
            row = next(row for row in made["employers"].values() if len(row) > 1)
            for who in row:
                row[who] = 0
    frame = ("engine", "instance", "kind", "arguments", "result")
    content = {name: value for name, value in made.items() if name not in frame}
    parts = commands_check.hashed({"arguments": made["arguments"], **content})
    made["result"] = commands_check.result_hash(made["instance"], kind, **parts)
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_the_check_finds_a_planted_fault(results, kind):
    instance = files.read(INSTANCE)

    assert commands_check.faults(instance, spoilt(results, kind)) != []


@pytest.mark.parametrize("scale", [None, 0, -1, 2**58], ids=["as it is", "none", "below", "wrapping"])
def test_an_assignment_that_is_not_best_is_not_called_right(results, scale):
    """Feasible and rightly valued, whatever scale is claimed: nothing proves that it is best."""
    made = json.loads(json.dumps(results["assign"]))
    made |= {"post_of": {}, "value": 0}
    if scale is not None:
        made |= {"scale": scale, "prices": dict.fromkeys(made["prices"], 0)}
    content = {name: made[name] for name in ("post_of", "prices", "scale", "value", "is_finished")}
    parts = commands_check.hashed({"arguments": made["arguments"], **content})
    made["result"] = commands_check.result_hash(made["instance"], "assign", **parts)

    assert len(commands_check.faults(files.read(INSTANCE), made)) == 1


def test_the_check_sees_that_a_result_was_changed(results):
    made = {**results["assign"], "value": results["assign"]["value"] + 1}

    assert commands_check.faults(files.read(INSTANCE), made)[0] == (
        "The result was changed after it was made: its hash is another."
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"engine": "0"}, "The result was made by engine 0, this is 1."),
        ({"instance": "0" * 64}, "The result is of another instance."),
        ({"kind": "guess"}, "This is no result of the engine."),
    ],
)
def test_the_check_refuses_what_it_cannot_judge(results, change, sentence):
    assert commands_check.faults(files.read(INSTANCE), {**results["pairs"], **change}) == [sentence]


def test_a_result_of_another_form_is_told(results):
    made = {name: value for name, value in results["match"].items() if name != "post_of"}

    found = commands_check.faults(files.read(INSTANCE), made)

    assert found[-1] == "The result does not have the form of its kind: KeyError('post_of')."


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
        (("pairs", ROOT / "README.md"), "This is not JSON: Expecting value: line 1 column 1 (char 0).\n"),
    ],
)
def test_what_cannot_be_read_ends_with_a_sentence(capsys, arguments, sentence):
    assert ends(capsys, *arguments) == (2, "", sentence)


def test_a_file_that_is_not_there_ends_with_a_sentence(capsys, tmp_path):
    status, out, error = ends(capsys, "pairs", tmp_path / "none.json")

    assert (status, out) == (2, "")
    assert "none.json" in error


def test_version_and_build_say_what_there_is(capsys):
    assert ends(capsys, "version") == (0, "1 (compiled kernels)\n", "")
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
