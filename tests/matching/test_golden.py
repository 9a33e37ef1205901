"""Same input, same bytes, with the compiled kernels and without; other Pythons are asked by CI."""

import sys
from dataclasses import replace

import numpy as np

from tests.matching import golden, other_pythons
from tragitto_matching import commands, files
from tragitto_matching.hashing import result_hash
from tragitto_matching.kernels import numpy_only, uses_compiled


def test_the_compiled_path_gives_the_bytes_of_old():
    assert uses_compiled()
    assert golden.hashes() == golden.stored()


def test_the_numpy_path_gives_the_bytes_of_old():
    with numpy_only():
        assert golden.hashes() == golden.stored()


def test_a_result_of_one_point_more_has_another_hash():
    instance = files.read(golden.HERE / "instance.json")
    points = instance.weights.points.copy()
    points[0, 0] += 1
    other = replace(instance, weights=replace(instance.weights, points=points))

    assert commands.answer(other, "pairs", {})["result"] != golden.stored()["pairs"]


def test_the_other_pythons_of_the_machine_are_others():
    """CI runs `tests.matching.other_pythons`, which fails where there is none."""
    ours = "{}.{}".format(*sys.version_info)

    assert set(other_pythons.others()) <= set(other_pythons.SUPPORTED) - {ours}
    assert ours in other_pythons.SUPPORTED


def test_a_package_is_taken_as_the_lock_file_has_it():
    lines = [
        "mypy==1 \\",
        "    --hash=sha256:a",
        "numpy==2 \\",
        "    --hash=sha256:b \\",
        "    --hash=sha256:c",
        "    # via x",
    ]

    assert (
        other_pythons.locked("numpy", lines) == "numpy==2 \\\n    --hash=sha256:b \\\n    --hash=sha256:c\n"
    )


def test_no_two_results_look_alike_to_the_hash():
    """Names with a slash, a number and a text, nothing in its several ways: each has a hash of its own."""
    said = [
        {"pairs": {"a": {"b/c": {"z": 1}}, "a/b": {"c": {"z": 2}}}},
        {"pairs": {"a": {"b/c": {"z": 7}}, "a/b": {"c": {"z": 2}}}},
        *(
            {"pairs": value}
            for value in (1, "1", 1.0, True, None, "", "null", [], {}, [[]], ["1"], [1], "[1]")
        ),
    ]

    assert len({result_hash("0" * 64, "pairs", each) for each in said}) == len(said)
    assert result_hash("0" * 64, "pairs", {"a": 1, "b": 2}) == result_hash(
        "0" * 64, "pairs", {"b": 2, "a": 1}
    )
    assert result_hash("0" * 64, "pairs", said[0]) != result_hash("0" * 64, "match", said[0])


def test_the_sides_of_the_second_instance_differ():
    crossed = files.read(golden.HERE / "crossed.json")
    people, posts = (commands.answer(crossed, *golden.CROSSED[name]) for name in list(golden.CROSSED)[:2])

    moved = {who for who, post in people["post_of"].items() if posts["post_of"][who] != post}

    assert moved == {"C11", "C23"}


def test_the_stored_instance_has_something_to_decide():
    instance = files.read(golden.HERE / "instance.json")
    answer = commands.answer(instance, "assign", {})

    assert np.array([len(instance.candidates.codes), len(instance.posts.codes)]).tolist() == [40, 15]
    assert len(answer["post_of"]) == 28
