"""Same input, same bytes: on other versions of Python too, with the compiled kernels and without."""

import json
import os
import shutil
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from tests.house.reading import ROOT, SRC
from tests.matching import golden
from tragitto_matching import commands, files
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


def other_pythons() -> list[str]:
    """Interpreters of other versions that this machine has, with NumPy."""
    wanted = os.environ.get("TRAGITTO_OTHER_PYTHONS", "python3.12 python3.14").split()
    told = "import numpy, sys; sys.exit(sys.version_info < (3, 12))"
    return [
        path
        for name in wanted
        if (path := shutil.which(name))
        and not subprocess.run([path, "-c", told], capture_output=True, check=False).returncode
    ]


@pytest.mark.slow
def test_other_versions_of_python_give_the_same_bytes():
    if not (pythons := other_pythons()):
        pytest.skip("no other Python with NumPy here: name some in TRAGITTO_OTHER_PYTHONS")

    for path in pythons:
        answer = subprocess.run(
            [path, "-m", "tests.matching.golden"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(SRC), os.environ.get("PYTHONPATH", "")))},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(answer.stdout) == {"as stored": True, "NumPy as stored": True}


def test_the_stored_instance_has_something_to_decide():
    instance = files.read(golden.HERE / "instance.json")
    answer = commands.answer(instance, "assign", {})

    assert np.array([len(instance.candidates.codes), len(instance.posts.codes)]).tolist() == [40, 15]
    assert len(answer["post_of"]) == 28
