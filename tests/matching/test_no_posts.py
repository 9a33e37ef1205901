"""Nothing to place people on: both paths answer the same."""

import numpy as np
import pytest

from tragitto_matching import ranking, stable
from tragitto_matching.kernels import numpy_only


@pytest.mark.parametrize("people", [0, 3])
def test_without_posts_nobody_is_matched_on_either_path(people):
    rankings = ranking.from_lists([[] for _each in range(people)], [])
    seats = np.empty(0, np.int32)

    compiled = stable.match(rankings, seats).post_of
    with numpy_only():
        plain = stable.match(rankings, seats).post_of

    assert compiled.tolist() == plain.tolist() == [-1] * people
