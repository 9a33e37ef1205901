"""Makes an assignment that keeps every side condition out of one that nearly does: the best people stay."""

import numpy as np

from tragitto_matching.assignment_problem import scores_of
from tragitto_matching.instance import Ints
from tragitto_matching.pairs import Pairs
from tragitto_matching.sides_problem import Sides


def best_of(pairs: Pairs, seats: Ints, sides: Sides, made: tuple[Ints, ...]) -> tuple[Ints, int]:
    """The best of the assignments after repair, and its score."""
    repaired = [_Repair(pairs, seats, sides).run(post_of) for post_of in made]
    return max(repaired, key=lambda one: one[1])


class _Repair:
    def __init__(self, pairs: Pairs, seats: Ints, sides: Sides) -> None:
        self.pairs, self.sides = pairs, sides
        self.limits: list[tuple[Ints, Ints]] = [(np.arange(pairs.posts, dtype=np.int32), seats)]
        self.limits += [(cap.label, cap.most) for cap in sides.caps]
        if sides.classes is not None:
            self.limits.append((sides.classes.label, sides.classes.most))

    def run(self, post_of: Ints) -> tuple[Ints, int]:
        who = np.flatnonzero(post_of >= 0).astype(np.int32)
        kept = self._admitted([(who, post_of[who])])
        open_posts = self._open(kept)
        kept[(kept >= 0) & ~open_posts[kept]] = -1
        seated = np.flatnonzero(kept >= 0).astype(np.int32)
        post = np.repeat(np.arange(self.pairs.posts, dtype=np.int32), np.diff(self.pairs.ptr))
        more = (kept[self.pairs.candidate] < 0) & open_posts[post]
        kept = self._admitted([(seated, kept[seated]), (self.pairs.candidate[more], post[more])])
        who = np.flatnonzero(kept >= 0).astype(np.int32)
        return kept, int(scores_of(self.pairs, who, kept[who]).sum())

    def _admitted(self, waves: list[tuple[Ints, Ints]]) -> Ints:
        """Greatest score first, whoever finds room under every limit; one wave after the other."""
        kept = np.full(self.pairs.count, -1, np.int32)
        labels = np.stack([label for label, _ in self.limits], axis=1).tolist()
        room = [[*most.tolist(), self.pairs.count] for _, most in self.limits]
        seated = [False] * self.pairs.count
        for wave in waves:
            candidates, posts = self._with_room(wave, room)
            order = np.argsort(-scores_of(self.pairs, candidates, posts), kind="stable")
            for who, post in zip(candidates[order].tolist(), posts[order].tolist(), strict=True):
                if seated[who] or any(
                    left[label] <= 0 for left, label in zip(room, labels[post], strict=True)
                ):
                    continue
                for left, label in zip(room, labels[post], strict=True):
                    left[label] -= label >= 0
                seated[who] = True
                kept[who] = post
        return kept

    def _with_room(self, wave: tuple[Ints, Ints], room: list[list[int]]) -> tuple[Ints, Ints]:
        """Of a wave, those whose post has room under every limit now: the others will never have."""
        candidates, posts = wave
        has_room = np.ones(self.pairs.posts, np.bool_)
        for left, (label, _) in zip(room, self.limits, strict=True):
            has_room &= np.array(left)[label] > 0
        return candidates[has_room[posts]], posts[has_room[posts]]

    def _open(self, kept: Ints) -> np.ndarray:
        """Posts whose class has people enough to take place."""
        classes = self.sides.classes
        if classes is None:
            return np.ones(self.pairs.posts, np.bool_)
        labels = classes.label[kept[kept >= 0]]
        size = np.bincount(labels[labels >= 0], minlength=len(classes.most))
        return np.append(size >= classes.least, True)[classes.label]
