"""Where the boxes and arrows of a journey go: open stages in layers, closed ones in a column beside them."""

from dataclasses import dataclass

from tragitto.schemes.pack import JourneySpec, StageSpec, StepSpec
from tragitto.schemes.vocabulary import Phase, StepKind

WIDTH, HEIGHT = 240, 66
ROW, COLUMN, GAP = 118, 280, 330
TOP, LEFT, RIGHT = 100, 290, 40


@dataclass(frozen=True)
class Box:
    """A stage and the corner of its box."""

    stage: StageSpec
    x: int
    y: int

    @property
    def is_closed(self) -> bool:
        """Whether the way ends here."""
        return self.stage.phase == Phase.CLOSED


@dataclass(frozen=True)
class Arrow:
    """A step and the four points of its curve; an entry comes out of nowhere."""

    step: StepSpec
    points: tuple[tuple[int, int], ...]

    @property
    def is_back(self) -> bool:
        """Whether it leads back: a return or a correction."""
        return self.step.kind != StepKind.NORMAL


@dataclass(frozen=True)
class Layout:
    """Everything to draw, and how large it is."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[tuple[Box, StepSpec], ...]
    width: int
    height: int


def lay_out(journey: JourneySpec) -> Layout:
    """Place ``journey`` in four moves, the same for the same journey.

    1. The layer of an open stage is its longest distance from the entry along normal steps.
    2. Within a layer, stages stand in their written order, one column each.
    3. Closed stages stand in a column of their own, each as near as it can be to the stages before it.
    4. Arrows go down between neighbours, to the right into closed stages, and round the left side
       otherwise; what corrects a closed stage is noted under it.
    """
    layers = _layers(journey)
    open_boxes = [
        Box(stage, LEFT + COLUMN * column, TOP + ROW * layer)
        for layer, stages in enumerate(layers)
        for column, stage in enumerate(stages)
    ]
    columns = max((len(stages) for stages in layers), default=1)
    boxes = (*open_boxes, *_closed(journey, open_boxes, LEFT + COLUMN * (columns - 1) + WIDTH + GAP))
    places = {box.stage.code: box for box in boxes}
    drawn = [step for step in journey.steps if step.target in places]
    closed = {box.stage.code for box in boxes if box.is_closed}
    arrows = tuple(_arrow(journey, step, places) for step in drawn if step.source not in closed)
    notes = tuple((places[step.source], step) for step in drawn if step.source in closed)
    width = max((box.x for box in boxes), default=0) + WIDTH + RIGHT
    height = max((box.y for box in boxes), default=0) + HEIGHT + TOP
    return Layout(boxes, arrows, notes, width, height)


def _layers(journey: JourneySpec) -> list[list[StageSpec]]:
    stages = [stage for stage in journey.stages if stage.phase != Phase.CLOSED]
    order = {stage.code: place for place, stage in enumerate(stages)}
    # Along the written order no step leads back, so the longest ways are finite whatever the journey says.
    ways = [
        (step.source, step.target)
        for step in journey.steps
        if order.get(step.source, len(order)) < order.get(step.target, -1)
    ]
    depth = dict.fromkeys(order, 0)
    for source, target in sorted(ways, key=lambda way: order[way[0]]):
        depth[target] = max(depth[target], depth[source] + 1)
    layers: list[list[StageSpec]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for stage in stages:
        layers[depth[stage.code]].append(stage)
    return [layer for layer in layers if layer]


def _closed(journey: JourneySpec, open_boxes: list[Box], x: int) -> list[Box]:
    heights = {box.stage.code: box.y for box in open_boxes}
    wanted = []
    for stage in journey.stages:
        if stage.phase == Phase.CLOSED:
            before = [
                heights[s.source] for s in journey.steps if s.target == stage.code and s.source in heights
            ]
            wanted.append((sum(before) // len(before) if before else 0, stage))
    boxes: list[Box] = []
    for y, stage in sorted(wanted, key=lambda pair: pair[0]):
        lowest = boxes[-1].y + HEIGHT + 50 if boxes else TOP
        boxes.append(Box(stage, x, max(y, lowest)))
    return boxes


def _arrow(journey: JourneySpec, step: StepSpec, places: dict[str, Box]) -> Arrow:
    target = places[step.target]
    source = places.get(step.source)
    if source is None:
        x = target.x + WIDTH // 2
        return Arrow(step, ((x, target.y - 56), (x, target.y - 40), (x, target.y - 20), (x, target.y)))
    if target.is_closed:
        start = (source.x + WIDTH, source.y + _slot(journey, step, places))
        end = (target.x, target.y + HEIGHT // 2)
        return Arrow(step, (start, (start[0] + GAP, start[1]), (end[0] - 90, end[1]), end))
    if target.y - source.y == ROW:
        start, end = (source.x + WIDTH // 2, source.y + HEIGHT), (target.x + WIDTH // 2, target.y)
        return Arrow(step, (start, (start[0], start[1] + 20), (end[0], end[1] - 20), end))
    return Arrow(step, _round(source, target))


def _slot(journey: JourneySpec, step: StepSpec, places: dict[str, Box]) -> int:
    # Each way out at the side has a line of its own, so that its label can be read.
    aside = [each for each in journey.steps if each.source == step.source and places[each.target].is_closed]
    return 8 + (HEIGHT - 8) * aside.index(step) // max(len(aside), 3)


def _round(source: Box, target: Box) -> tuple[tuple[int, int], ...]:
    bow = 40 + 22 * abs(target.y - source.y) // ROW
    down = target.y > source.y
    start = (source.x, source.y + (HEIGHT // 2 - 6 if down else 14))
    end = (target.x, target.y + (14 if down else HEIGHT - 14))
    return start, (start[0] - bow, start[1]), (end[0] - bow, end[1]), end
