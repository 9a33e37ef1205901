"""Has the machine readable zone of a document read from a photo, askew or upside down as it was taken."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image, ImageChops, ImageStat

from tragitto_pec.scan.ocr import ONE_BLOCK, NoOcrError, read_images

#: All that stands in a zone (ICAO Doc 9303, part 3, section 4.3).
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
_MOST_ASKEW = 14
_SMALL = 420
#: The letters of a zone are read best where they are some thirty pixels high: those of a passport that fills
#: the photo, then those of a card, or of a passport lying open.
_SIDES = (1000, 1600)
_WHITE = 255


def texts_of(image: Image.Image) -> Iterator[str]:
    """What is read in ``image``, which is grey, upright and upside down, then lying on either side.

    The directions in which lines of writing run come first, small before large; the caller stops when it has
    what it looks for. Each look takes about half a second. Nothing where no program is there to read.
    """
    for quarters in _by_writing(image):
        lying = image.rotate(90 * quarters, expand=True)
        for side in _SIDES:
            shown = lying.copy()
            shown.thumbnail((side, side))
            shown = _straightened(shown)
            try:
                lines = read_images([shown, shown.rotate(180)], ONE_BLOCK, signs=SIGNS)
            except NoOcrError:
                return
            yield from (line.text for line in lines if line.text)


def _by_writing(image: Image.Image) -> tuple[int, int]:
    """Whether lines run across the image (no quarter turned) or along it, the likelier first."""
    small = _strokes(image)
    across = max(_evenness(small, angle) for angle in range(-_MOST_ASKEW, _MOST_ASKEW + 1, 2))
    lying = small.rotate(90, expand=True)
    along = max(_evenness(lying, angle) for angle in range(-_MOST_ASKEW, _MOST_ASKEW + 1, 2))
    return (0, 1) if across >= along else (1, 0)


def _straightened(image: Image.Image) -> Image.Image:
    small = _strokes(image)
    angle = max(range(-_MOST_ASKEW, _MOST_ASKEW + 1), key=lambda degrees: _evenness(small, degrees))
    fine = max((angle + part / 4 for part in range(-3, 4)), key=lambda degrees: _evenness(small, degrees))
    return image.rotate(fine, Image.Resampling.BICUBIC, fillcolor=_WHITE) if fine else image


def _strokes(image: Image.Image) -> Image.Image:
    """The image made small, with only what is written left: where dark and light change quickly."""
    small = image.copy()
    small.thumbnail((_SMALL, _SMALL))
    return ImageChops.difference(small, ImageChops.offset(small, 2, 0))


def _evenness(strokes: Image.Image, degrees: float) -> float:
    """How unlike each other the rows are when turned: most where lines of writing lie along them."""
    turned = strokes.rotate(degrees, Image.Resampling.BILINEAR)
    return ImageStat.Stat(turned.resize((1, turned.height), Image.Resampling.BOX)).var[0]
