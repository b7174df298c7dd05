"""Marks as a picture, dot by dot as a print head would set them."""

import io
from functools import lru_cache
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFont

from app.labels.composing import DOTS, Block, Mark, Symbol, Words
from app.labels.layouts import Media
from app.labels.paper import Placed, runs

FONTS = Path(reportlab.__file__).parent / "fonts"  # Bitstream Vera, which reportlab brings
DARK, LIGHT = 0, 255


def png(page: list[Placed], media: Media, dpi: int) -> bytes:
    """Draw one page; the labels must have been composed for these dots."""
    dots = DOTS[dpi]
    size = (round(media.page[0] * dots), round(media.page[1] * dots))
    picture = Image.new("L", size, LIGHT)
    draw = ImageDraw.Draw(picture)
    for placed in page:
        left, top = round(placed.left * dots), round(placed.top * dots)
        for mark in placed.marks:
            _mark(draw, mark, left, top, dots)
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def _mark(draw: ImageDraw.ImageDraw, mark: Mark, left: int, top: int, dots: float) -> None:
    match mark:
        case Words():
            at = (left + mark.left * dots, top + mark.base * dots)
            draw.text(at, mark.text, DARK, _font(mark, dots), anchor="ls")
        case Symbol():
            _modules(draw, mark, left, top, dots)
        case Block():
            draw.polygon([(left + x * dots, top + y * dots) for x, y in mark.points], DARK)


def _modules(draw: ImageDraw.ImageDraw, mark: Symbol, left: int, top: int, dots: float) -> None:
    module = round(mark.module * dots)
    tall = round(mark.height * dots)
    x, y = left + round(mark.left * dots), top + round(mark.top * dots)
    for n, row in enumerate(mark.bars.rows):
        for start, length in runs(row):
            near, over = x + start * module, y + n * tall
            draw.rectangle((near, over, near + length * module - 1, over + tall - 1), DARK)


def _font(mark: Words, dots: float) -> ImageFont.FreeTypeFont:
    """Vera is wider than Helvetica: as small as it takes to stay as narrow."""
    size = mark.size * dots
    width = _face(mark.bold, round(size, 1)).getlength(mark.text) or 1
    return _face(mark.bold, round(min(size, size * mark.width * dots / width), 1))


@lru_cache(maxsize=512)
def _face(bold: bool, size: float) -> ImageFont.FreeTypeFont:  # noqa: FBT001 - a cache key
    return ImageFont.truetype(FONTS / ("VeraBd.ttf" if bold else "Vera.ttf"), max(size, 1.0))
