"""Layouts and paper, read once from `layouts.json`; what is not on the lists is refused."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from app.labels.symbols import Symbology

Shape = Literal["text", "symbol", "hri", "arrow", "rule"]
Align = Literal["left", "center", "right"]
Size = tuple[float, float]  # millimetres: width, height
SYMBOLS = ("code", "item")  # a label has one symbol, rarely a second that names the item
CONDITIONS = (*get_args(Symbology), "linear", "other")
ROLL = "roll-"


@dataclass(frozen=True, slots=True)
class Element:
    """One thing on a label. `box` = left, top, width, height in hundredths of the label."""

    shape: Shape
    field: str
    box: tuple[float, float, float, float]
    when: str | None = None
    bold: bool = False
    align: Align = "left"
    lines: int = 1
    caption: str | None = None
    module: Size = (0.25, 0.5)  # millimetres: narrowest and widest module
    height: float = 0.0  # millimetres: of a linear symbol, at least

    def applies(self, symbology: Symbology) -> bool:
        """Tell whether this is drawn on a label with such a symbol."""
        match self.when:
            case None:
                return True
            case "linear":
                return symbology != "qr"
            case "other":
                return symbology != "gs1_128"
            case wanted:
                return wanted == symbology


@dataclass(frozen=True, slots=True)
class Layout:
    """What a kind of label shows and where; `least` = the smallest label it fits."""

    name: str
    fields: frozenset[str]
    symbologies: tuple[Symbology, ...]
    choices: tuple[Symbology, ...]  # of these, what whoever prints may wish for
    least: Size
    media: str
    elements: tuple[Element, ...]

    def fits(self, media: "Media") -> bool:
        """Large enough, and as upright or as wide as the layout was drawn."""
        (width, height), (wide, tall) = media.label, self.least
        return width >= wide and height >= tall and (width > height) == (wide > tall)


@dataclass(frozen=True, slots=True)
class Media:
    """A sheet or a roll; a roll's page is its label. `frame`: a line to cut along."""

    name: str
    page: Size
    label: Size
    columns: int
    rows: int
    frame: bool = False

    @property
    def each(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows

    @property
    def roll(self) -> bool:
        return self.name.startswith(ROLL)


class BadLayout(ValueError):
    """The file of layouts says something that is not allowed."""


def _element(told: dict[str, Any], fields: frozenset[str]) -> Element:
    rest = dict(told)
    (shape,) = (name for name in get_args(Shape) if name in rest)
    field = rest.pop(shape)
    allowed = SYMBOLS if shape in {"symbol", "hri"} else (*fields, True)
    when = rest.pop("if", None)
    if field not in allowed or (when is not None and when not in CONDITIONS):
        raise BadLayout(f"{told}")
    left, top, width, height = rest.pop("box")
    if left < 0 or top < 0 or left + width > 100 or top + height > 100:  # noqa: PLR2004
        raise BadLayout(f"{told}")
    rest["module"] = tuple(rest.get("module", (0.25, 0.5)))
    return Element(shape, str(field), (left, top, width, height), when, **rest)


def read_layouts(told: list[dict[str, Any]]) -> Iterator[tuple[str, Layout]]:
    """Turn what the file says into layouts; a field that is not on its list is refused."""
    for one in told:
        fields = frozenset(one["fields"])
        elements = tuple(_element(each, fields) for each in one["elements"])
        yield (
            one["name"],
            Layout(
                one["name"],
                fields,
                tuple(one["symbologies"]),
                tuple(one.get("choices", ())),
                tuple(one["least"]),
                one["media"],
                elements,
            ),
        )


def _media(told: list[dict[str, Any]]) -> Iterator[tuple[str, Media]]:
    for one in told:
        columns, rows = one["grid"]
        page, label = tuple(one["page"]), tuple(one["label"])
        yield (
            one["name"],
            Media(one["name"], page, label, columns, rows, one.get("frame", False)),
        )


_TOLD: dict[str, Any] = json.loads(Path(__file__).with_name("layouts.json").read_text("utf-8"))
LAYOUTS: Mapping[str, Layout] = dict(read_layouts(_TOLD["layouts"]))
MEDIA: Mapping[str, Media] = dict(_media(_TOLD["media"]))
CAPTIONS: Mapping[str, Mapping[str, str]] = _TOLD["captions"]


def media_of(layout: Layout) -> list[Media]:
    """The sheets and rolls this layout can be printed on."""
    return [media for media in MEDIA.values() if layout.fits(media)]
