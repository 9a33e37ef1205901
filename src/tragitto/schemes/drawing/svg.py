"""Draws a laid-out journey as an SVG that stands alone: no style sheet, no script, no outside font."""

from html import escape
from textwrap import wrap

from tragitto.kernel.texts import in_language
from tragitto.schemes.drawing.layout import HEIGHT, WIDTH, Arrow, Box, Layout, lay_out
from tragitto.schemes.pack import JourneySpec, StepSpec
from tragitto.schemes.vocabulary import Audience, Phase

RIGHT_TO_LEFT = frozenset({"ar"})
FILLS = {
    Phase.APPLYING: "#e8f0fa",
    Phase.REVIEWING: "#d6e6f7",
    Phase.SELECTING: "#e3f1ec",
    Phase.PREPARING: "#d3ead9",
    Phase.AUTHORISING: "#fbefd5",
    Phase.TRAVELLING: "#fae3d0",
    Phase.SETTLING: "#efe3f3",
    Phase.CLOSED: "#f2f2f2",
}
# Text colours on these fills keep a contrast of at least 7 : 1.
INK, LINE, BACK = "#17324d", "#435a70", "#8a4b08"


def as_svg(journey: JourneySpec, *, language: str, audience: Audience = Audience.OFFICE) -> str:
    """The picture of ``journey`` with titles for ``audience`` in ``language``.

    Steps that await a room not built yet are dashed, steps that lead back are brown, closed stages have a
    double border and name what may correct them. The same journey gives the same bytes.
    """
    layout = lay_out(journey)
    title = escape(in_language(journey.title, language))
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{escape(language)}" '
        f'viewBox="0 0 {layout.width} {layout.height}" width="{layout.width}" height="{layout.height}" '
        f'font-family="Titillium Web, Noto Sans, Noto Sans Arabic, sans-serif" font-size="13" '
        f'direction="{direction}">'
    )
    parts = [head, f"<title>{title}</title>", _markers(), f'<rect {_whole(layout)} fill="#ffffff"/>']
    parts.append(_text([title], layout.width // 2, 28, size=18, weight="600"))
    parts += [_arrow(arrow) for arrow in layout.arrows]
    parts += [_box(box, language, audience) for box in layout.boxes]
    parts += [_label(arrow, language) for arrow in layout.arrows]
    parts += [_note(box, step, language) for box, step in layout.notes]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _whole(layout: Layout) -> str:
    return f'x="0" y="0" width="{layout.width}" height="{layout.height}"'


def _markers() -> str:
    return "<defs>" + "".join(
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="{colour}"/></marker>'
        for name, colour in (("ahead", LINE), ("back", BACK))
    ) + "</defs>"  # fmt: skip


def _arrow(arrow: Arrow) -> str:
    (a, b), (c, d), (e, f), (g, h) = arrow.points
    colour, marker = (BACK, "back") if arrow.is_back else (LINE, "ahead")
    dashes = ' stroke-dasharray="6 4"' if arrow.step.awaits else ""
    return (
        f'<path d="M{a} {b} C{c} {d} {e} {f} {g} {h}" fill="none" stroke="{colour}" stroke-width="1.4"'
        f'{dashes} marker-end="url(#{marker})"/>'
    )


def _label(arrow: Arrow, language: str) -> str:
    words = in_language(arrow.step.label, language)
    if arrow.step.awaits:
        words += f" ({arrow.step.awaits})"
    (a, b), (c, d), _, (g, h) = arrow.points
    if b == d and c > a:
        # Out of the side: along the line, just above its beginning.
        return _text([escape(words)], a + 8, b - 3, size=11, halo=True, anchor=_begin(language))
    lines = [escape(line) for line in wrap(words, 34)[:2]]
    if c < a:
        return _text(lines, (a + c) // 2 - 12, (b + h) // 2, size=11, halo=True, anchor=_end(language))
    return _text(lines, (a + g) // 2, (b + h) // 2, size=11, halo=True)


def _note(box: Box, step: StepSpec, language: str) -> str:
    words = f"↩ {in_language(step.label, language)}"
    x, y = box.x + WIDTH // 2, box.y + HEIGHT + 16
    return _text([escape(words)], x, y, size=11, colour=BACK)


def _begin(language: str) -> str:
    # "start" is the right end of a text that runs from right to left.
    return "end" if language in RIGHT_TO_LEFT else "start"


def _end(language: str) -> str:
    return "start" if language in RIGHT_TO_LEFT else "end"


def _box(box: Box, language: str, audience: Audience) -> str:
    stage = box.stage
    titles = stage.titles.get(audience) or stage.titles.get(Audience.OFFICE, {})
    lines = [escape(line) for line in wrap(in_language(titles, language), 32)[:3]]
    fill = FILLS[stage.phase]
    frame = (
        f'<rect x="{box.x}" y="{box.y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{fill}" '
        f'stroke="{INK}" stroke-width="1.2"/>'
    )
    if box.is_closed:
        frame += (
            f'<rect x="{box.x + 4}" y="{box.y + 4}" width="{WIDTH - 8}" height="{HEIGHT - 8}" rx="4" '
            f'fill="none" stroke="{INK}" stroke-width="1"/>'
        )
    middle = box.y + HEIGHT // 2 - 8 * (len(lines) - 1)
    return frame + _text(lines, box.x + WIDTH // 2, middle + 4)


def _text(
    lines: list[str],
    x: int,
    y: int,
    *,
    size: int = 13,
    weight: str = "400",
    halo: bool = False,
    anchor: str = "middle",
    colour: str = INK,
) -> str:
    spans = "".join(
        f'<tspan x="{x}" dy="{0 if first else size + 3}">{line}</tspan>'
        for line, first in zip(lines, [True, *[False] * len(lines)], strict=False)
    )
    around = ' stroke="#ffffff" stroke-width="4" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}" font-size="{size}" '
        f'font-weight="{weight}"{around}>{spans}</text>'
    )
