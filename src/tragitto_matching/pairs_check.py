"""The judge's own eligible pairs: every demand of every post asked of every candidate, one after the other.

Written apart from the kernel and from its NumPy path, which go profile by profile and once for equal demands.
No sample: each cell of people and posts is looked at, a block of people at a time.
"""

import numpy as np
import numpy.typing as npt

from tragitto_matching.instance import Instance, Longs
from tragitto_matching.pairs import Pairs

type _Flags = npt.NDArray[np.bool_]

#: So many cells of people and posts are looked at at once.
_CELLS = 1_000_000


def eligible(instance: Instance) -> Pairs:
    """Every eligible pair with its score, as the demands and the weights of the instance say."""
    people, posts = len(instance.candidates.codes), len(instance.posts.codes)
    step = max(1, _CELLS // max(posts, 1))
    found = [np.empty((3, 0), np.int64)]
    for begin in range(0, people, step):
        who = np.arange(begin, min(begin + step, people))
        row, post = np.nonzero(_meets(instance, who) & _is_open(instance, who))
        found.append(np.stack([post, who[row], _scores(instance, who[row], post)]))
    post, candidate, score = np.concatenate(found, axis=1)
    # People come in order, and the order of the posts keeps it.
    by_post = np.argsort(post, kind="stable")
    return Pairs(
        ptr=np.searchsorted(post[by_post], np.arange(posts + 1)).astype(np.int64),
        candidate=candidate[by_post].astype(np.int32),
        score=score[by_post].astype(np.int32),
        count=people,
    )


def _meets(instance: Instance, who: Longs) -> _Flags:
    """Whether each of these people meets every demand of each post: (people, posts)."""
    held, asked = instance.candidates, instance.posts
    one = np.uint64(1)
    fits = held.profiles[who, None] >> asked.profile.astype(np.uint64) & one == one
    fits &= held.regions[who, None] >> asked.region.astype(np.uint64) & one == one
    fits &= held.years[np.ix_(who, asked.profile)] >= asked.least_years
    fits &= held.schooling[who, None] >= asked.least_schooling
    for language in range(len(instance.languages)):
        fits &= held.levels[who, language, None] >= asked.least_levels[:, language]
    for word in range(asked.must_skills.shape[1]):
        fits &= asked.must_skills[:, word] & ~held.skills[who, word, None] == 0
    fits &= asked.must_licences & ~held.licences[who, None] == 0
    fits &= asked.shifts & ~held.shifts[who, None] == 0
    fits &= (asked.starts_on == 0) | (held.available_from[who, None] <= asked.starts_on)
    meets: _Flags = fits
    return meets


def _is_open(instance: Instance, who: Longs) -> _Flags:
    """Whether nothing was settled beforehand: not placed anywhere, not excluded from the post."""
    open_to = np.ones((len(who), len(instance.posts.codes)), np.bool_)
    open_to[np.isin(who, instance.placed[:, 0])] = False
    for candidate, post in instance.excluded.tolist():
        if who[0] <= candidate <= who[-1]:
            open_to[candidate - who[0], post] = False
    return open_to


def _scores(instance: Instance, who: Longs, post: Longs) -> Longs:
    """1, and for each criterion its points for every unit up to the most that is counted."""
    held, asked, weights = instance.candidates, instance.posts, instance.weights
    least = asked.least_levels[post].astype(np.int64)
    units = (
        np.where(least > 0, held.levels[who] - least, 0).sum(axis=1),
        held.years[who, asked.profile[post]].astype(np.int64) - asked.least_years[post],
        held.schooling[who].astype(np.int64) - asked.least_schooling[post],
        np.bitwise_count(held.skills[who] & asked.wished_skills[post]).sum(axis=1, dtype=np.int64),
        held.first_region[who] == asked.region[post],
    )
    points, most = weights.points[asked.weights[post]], weights.most[asked.weights[post]]
    counted = np.minimum(np.stack(units, axis=1).astype(np.int64), most)
    score: Longs = 1 + (points * counted).sum(axis=1)
    return score
