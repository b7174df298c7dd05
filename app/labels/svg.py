"""Marks as SVG, a page at a time: for previews and the browser's print dialogue."""

from collections.abc import Iterator
from html import escape

from app.labels.composing import Block, Mark, Symbol, Words
from app.labels.layouts import Media
from app.labels.paper import Placed, runs


def svg(page: list[Placed], media: Media) -> str:
    """Draw one page in its true size."""
    width, height = media.page
    drawn = "".join(part for placed in page for part in _placed(placed, media))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm"'
        f' viewBox="0 0 {width:g} {height:g}">'
        f'<rect width="{width:g}" height="{height:g}" fill="#fff"/>{drawn}</svg>'
    )


def _placed(placed: Placed, media: Media) -> Iterator[str]:
    yield f'<g transform="translate({placed.left:.3f} {placed.top:.3f})">'
    if media.frame:
        wide, tall = media.label
        yield (
            f'<rect width="{wide:g}" height="{tall:g}" rx="3" fill="none"'
            ' stroke="#000" stroke-width="0.1"/>'
        )
    for mark in placed.marks:
        yield _mark(mark)
    yield "</g>"


def _mark(mark: Mark) -> str:
    match mark:
        case Words():
            weight = ' font-weight="700"' if mark.bold else ""
            return (
                f'<text x="{mark.left:.3f}" y="{mark.base:.3f}" font-size="{mark.size:.3f}"'
                f' textLength="{mark.width:.3f}" lengthAdjust="spacingAndGlyphs"'
                f' font-family="Helvetica, Arial, sans-serif"{weight}>{escape(mark.text)}</text>'
            )
        case Symbol():
            return f'<path shape-rendering="crispEdges" d="{"".join(_modules(mark))}"/>'
        case Block():
            points = " ".join(f"{x:.3f},{y:.3f}" for x, y in mark.points)
            return f'<polygon points="{points}"/>'


def _modules(mark: Symbol) -> Iterator[str]:
    for n, row in enumerate(mark.bars.rows):
        y = mark.top + n * mark.height
        for start, length in runs(row):
            x, wide = mark.left + start * mark.module, length * mark.module
            yield f"M{x:.4f} {y:.4f}h{wide:.4f}v{mark.height:.4f}h{-wide:.4f}z"
