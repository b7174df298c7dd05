"""From a layout and what one label says to marks in millimetres; every renderer draws these."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.kernel.problem import Problem
from app.labels.layouts import CAPTIONS, Element, Layout, Media, Size
from app.labels.lettering import CAPITAL, LEADING, fitted, width_of
from app.labels.symbols import Bars, Code, bars, can_say

QUIET = 0.6  # size of a caption, of what it stands before
DOTS = {203: 8.0, 300: 300 / 25.4}  # a millimetre; 203 dpi heads have 8 of them


@dataclass(eq=False)
class DoesNotFit(Problem):
    """This code needs a larger label, or another symbol."""

    code = "labels.does_not_fit"
    status = 422
    text: str
    media: str


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: fields as words, one symbol, seldom a second that names the item."""

    layout: str
    code: Code
    fields: Mapping[str, str]
    hri: str = ""  # the symbol in digits and letters; empty = as it is
    item: Code | None = None
    language: str = "en"
    fallback: Code | None = None  # the same in a symbol that needs less room


@dataclass(frozen=True, slots=True)
class Words:
    """A line of letters; `left` and `base` in millimetres, `width` is what it takes."""

    text: str
    left: float
    base: float
    size: float
    width: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode; `left`, `top` of the first dark module, without the quiet zone."""

    code: Code
    bars: Bars
    left: float
    top: float
    module: float
    height: float  # of a row


@dataclass(frozen=True, slots=True)
class Block:
    """A dark polygon."""

    points: tuple[tuple[float, float], ...]


Mark = Words | Symbol | Block


@dataclass(frozen=True, slots=True)
class Box:
    """Part of a label in millimetres."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What is composed on: a label, and dots a millimetre where a print head has dots."""

    media: Media
    dots: float | None = None

    @property
    def size(self) -> Size:
        return self.media.label

    def module(self, widest: float) -> float:
        """The widest module that is a whole number of dots."""
        if self.dots is None:
            return widest
        return math.floor(widest * self.dots + 1e-6) / self.dots

    def snapped(self, value: float) -> float:
        return value if self.dots is None else round(value * self.dots) / self.dots


def compose(layout: Layout, label: Label, ground: Ground) -> tuple[Mark, ...]:
    """Place everything; raises `DoesNotFit` rather than draw what no scanner reads."""
    try:
        return _composed(layout, label, ground)
    except DoesNotFit:
        if label.fallback is None:
            raise
    return _composed(layout, replace(label, code=label.fallback, fallback=None), ground)


def _composed(layout: Layout, label: Label, ground: Ground) -> tuple[Mark, ...]:
    return tuple(
        mark
        for element in layout.elements
        if element.applies(label.code.symbology)
        for mark in _drawn(element, label, ground)
    )


def _drawn(element: Element, label: Label, ground: Ground) -> Iterator[Mark]:
    box = _box(element, ground.size)
    match element.shape:
        case "text":
            yield from _text(element, label.fields.get(element.field, ""), label, box)
        case "hri":
            yield from _text(element, readable(label, element.field), label, box)
        case "symbol":
            code = label.code if element.field == "code" else label.item
            if code is not None:
                yield _symbol(element, code, box, ground)
        case "arrow":
            yield from _arrow(label.fields.get(element.field, ""), box)
        case "rule":
            yield Block(_corners(box))


def readable(label: Label, which: str) -> str:
    """What stands under a symbol for people."""
    if which == "item":
        return label.item.data if label.item else ""
    return label.hri or label.code.data


def _box(element: Element, size: Size) -> Box:
    left, top, width, height = element.box
    across, down = size[0] / 100, size[1] / 100
    return Box(left * across, top * down, width * across, height * down)


def _text(element: Element, text: str, label: Label, box: Box) -> Iterator[Words]:
    if not text:
        return
    caption = CAPTIONS[label.language][element.caption] if element.caption else ""
    breadth = width_of(f"{caption} ", 1, bold=False) if caption else 0.0
    size = min(box.height * QUIET / LEADING, box.width * QUIET / 2 / (breadth or 1))
    taken = breadth * size
    left, room = box.left + taken, box.width - taken
    fit = fitted(text, room, box.height, element.lines, bold=element.bold)
    deep = fit.size * LEADING
    top = box.top + (box.height - deep * len(fit.lines)) / 2
    base = top + (deep + CAPITAL * fit.size) / 2
    if caption:
        small = min(size, fit.size * QUIET)
        width = width_of(caption, small, bold=False)
        yield Words(caption, box.left, base, small, width, bold=False)
    for n, line in enumerate(fit.lines):
        width = width_of(line, fit.size, bold=element.bold)
        spare = {"left": 0.0, "center": 0.5, "right": 1.0}[element.align] * (room - width)
        yield Words(line, left + spare, base + n * deep, fit.size, width, element.bold)


def _symbol(element: Element, code: Code, box: Box, ground: Ground) -> Symbol:
    if not can_say(code):
        raise DoesNotFit(text=code.data[:80], media=ground.media.name)
    drawn = bars(code)
    least, most = element.module
    room = box.width if drawn.linear else min(box.width, box.height)
    module = ground.module(min(most, room / drawn.width))
    if module < least - 1e-9 or (drawn.linear and box.height < element.height - 1e-9):
        raise DoesNotFit(text=code.data[:80], media=ground.media.name)
    spare = box.width - drawn.width * module
    left = box.left + drawn.before * module + spare / 2
    height = box.height if drawn.linear else module
    top = box.top if drawn.linear else box.top + (box.height - drawn.dark * module) / 2
    return Symbol(code, drawn, ground.snapped(left), ground.snapped(top), module, height)


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    right, bottom = box.left + box.width, box.top + box.height
    return ((box.left, box.top), (right, box.top), (right, bottom), (box.left, bottom))


def _arrow(way: str, box: Box) -> Iterator[Block]:
    """An arrow up or down, as large as its box."""
    if way not in {"up", "down"}:
        return
    head = min(box.height * 0.5, box.width)
    middle, half, stem = box.left + box.width / 2, box.width / 2, box.width / 6
    points = (
        (middle, 0.0),
        (middle + half, head),
        (middle + stem, head),
        (middle + stem, box.height),
        (middle - stem, box.height),
        (middle - stem, head),
        (middle - half, head),
    )
    yield Block(tuple((x, box.top + (y if way == "up" else box.height - y)) for x, y in points))
