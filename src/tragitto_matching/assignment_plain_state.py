"""The state of the auction in plain Python, and its heaps: step by step `kernels/assignment_seats.c`.

Among equal levels it matters who stands first in a heap, so the library's heaps would not do.
"""

from tragitto_matching.assignment_problem import Problem

#: Who holds a seat that was given up in this phase.
NOBODY = -1


class State:
    """Lists instead of the kernel's arrays; worth and prices are in units of 1/scale of a point."""

    def __init__(self, problem: Problem) -> None:
        n, m, k = problem.count, len(problem.seats), len(problem.group_seats)
        self.scale, self.epsilon = problem.scale, 1
        self.ptr, self.candidate = problem.ptr.tolist(), problem.candidate.tolist()
        self.worth = [score * problem.scale for score in problem.score.tolist()]
        self.choices: list[list[tuple[int, int]]] = [[] for _ in range(n)]
        #: Where the pair of a candidate and a post stands.
        self.pair: dict[tuple[int, int], int] = {}
        for post in range(m):
            for at in range(self.ptr[post], self.ptr[post + 1]):
                self.choices[self.candidate[at]].append((post, self.worth[at]))
                self.pair[self.candidate[at], post] = at
        self.seats, self.group = problem.seats.tolist(), problem.group.tolist()
        self.group_seats = problem.group_seats.tolist()
        bounds, posts = problem.group_ptr.tolist(), problem.group_posts.tolist()
        self.members = [posts[bounds[group] : bounds[group + 1]] for group in range(k)]
        self.own, self.common = [0] * m, [0] * k
        self.level: list[list[int]] = [[] for _ in range(m)]
        self.sitter: list[list[int]] = [[] for _ in range(m)]
        self.taken, self.group_taken = [0] * m, [0] * k
        #: A heap of the posts of each group by their lowest level, and where a post stands in it.
        self.lowest: list[list[int]] = [[] for _ in range(k)]
        self.place = [-1] * m
        self.post_of, self.held = [-1] * n, [0] * n
        self.waiting: list[int] = []

    def price_of(self, post: int) -> int:
        """What a seat of the post costs now."""
        return max(self.own[post], self.floor_of(post))

    def floor_of(self, post: int) -> int:
        """The price of the group of the post."""
        group = self.group[post]
        return self.common[group] if group >= 0 else 0

    def lower_prices(self, lower: int) -> None:
        """Prices come down by `lower`, and nobody sits anywhere yet."""
        m, k = len(self.own), len(self.common)
        self.own = [max(price - lower, 0) for price in self.own]
        self.common = [max(price - lower, 0) for price in self.common]
        self.level, self.sitter = [[] for _ in range(m)], [[] for _ in range(m)]
        self.taken, self.group_taken = [0] * m, [0] * k
        self.lowest, self.place = [[] for _ in range(k)], [-1] * m

    def hold(self, post: int, who: int) -> None:
        """The seat is held at today's price."""
        self.seat_push(post, self.price_of(post), who)
        if self.group[post] >= 0:
            self.group_taken[self.group[post]] += 1

    def unseat(self, who: int) -> None:
        """Somebody loses a seat and waits to bid again."""
        if who != NOBODY:
            self.post_of[who] = -1
            self.waiting.append(who)

    def seat_push(self, post: int, level: int, who: int) -> None:
        """One seat more is taken."""
        self.taken[post] += 1
        levels, sitters = self.level[post], self.sitter[post]
        levels.append(level)
        sitters.append(who)
        at = len(levels) - 1
        while at > 0:
            above = (at - 1) >> 1
            if levels[above] <= level:
                break
            levels[at], sitters[at] = levels[above], sitters[above]
            at = above
        levels[at], sitters[at] = level, who

    def seat_replace_lowest(self, post: int, level: int, who: int) -> None:
        """Somebody takes the seat of the lowest level."""
        levels, sitters = self.level[post], self.sitter[post]
        at, size = 0, len(levels)
        while (below := 2 * at + 1) < size:
            if below + 1 < size and levels[below + 1] < levels[below]:
                below += 1
            if levels[below] >= level:
                break
            levels[at], sitters[at] = levels[below], sitters[below]
            at = below
        levels[at], sitters[at] = level, who

    def seat_take_lowest(self, post: int) -> int:
        """The seat of the lowest level becomes free; who sat there."""
        out = self.sitter[post][0]
        self.taken[post] -= 1
        level, who = self.level[post].pop(), self.sitter[post].pop()
        if self.taken[post]:
            self.seat_replace_lowest(post, level, who)
        return out

    def group_refresh(self, post: int) -> None:
        """Move a post whose lowest level changed to where it belongs in the heap of its group."""
        heap, at = self.lowest[self.group[post]], self.place[post]
        if at < 0:
            if self.taken[post]:
                heap.append(post)
                self._group_up(heap, len(heap) - 1, post)
            return
        if self.taken[post]:
            self._group_up(heap, at, post)
            self._group_down(heap, self.place[post], post)
            return
        self.place[post] = -1
        last = heap.pop()
        if last != post:
            self._group_up(heap, at, last)
            self._group_down(heap, self.place[last], last)

    def group_reprice(self, group: int) -> None:
        """A full group costs at least its lowest level; the price never falls here."""
        if self.lowest[group] and self.group_taken[group] >= self.group_seats[group]:
            self.common[group] = max(self.common[group], self.level[self.lowest[group][0]][0])

    def _group_up(self, heap: list[int], at: int, post: int) -> None:
        level = self.level[post][0]
        while at > 0:
            above = (at - 1) >> 1
            if self.level[heap[above]][0] <= level:
                break
            heap[at] = heap[above]
            self.place[heap[at]] = at
            at = above
        heap[at] = post
        self.place[post] = at

    def _group_down(self, heap: list[int], at: int, post: int) -> None:
        level, size = self.level[post][0], len(heap)
        while (below := 2 * at + 1) < size:
            if below + 1 < size and self.level[heap[below + 1]][0] < self.level[heap[below]][0]:
                below += 1
            if self.level[heap[below]][0] >= level:
                break
            heap[at] = heap[below]
            self.place[heap[at]] = at
            at = below
        heap[at] = post
        self.place[post] = at
