"""Paper for the demo: everything somebody behind a door would find to scan, on one A4."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from app.demo.cast import CAST, COFFEE, GOODS, case_label, gtin, homes, sscc
from app.identification.tables import SCANNER_CHECK
from app.labels.paper import runs
from app.labels.symbols import GS, Code, Symbology, bars

A4 = (210, 297)
MARGIN, HEAD = 10, 24
COLUMNS, CELL_WIDTH, CELL_HEIGHT = 4, 47.5, 21
BAR_HEIGHT, QR_SIZE = 11, 17.5
STYLE = """
@page { size: A4; margin: 0; }
body { margin: 0; background: #fff; }
svg { display: block; width: 210mm; height: 297mm; break-after: page; }
"""
STEPS = {
    "receive": "Scan DOCK-1, then the pallet, or PO-1001 and its goods.",
    "putaway": "Scan the pallet, read the bin on the screen, scan that bin.",
    "pick": "Tap “Give me work”, then scan bin, goods, tote as the screen says.",
    "count": "Scan a bin, scan what lies there, tap “Nothing else here”.",
}


@dataclass(frozen=True, slots=True)
class Label:
    """One code with what stands under it; `cells` = how much of a row it takes."""

    symbology: Symbology
    code: str
    words: str
    cells: int = 1


def page(doors: Sequence[str], pin: str, address: str) -> str:
    """The sheets of these doors, one after the other."""
    drawn = "".join(_sheet(door, pin, address) for door in doors)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<title>Tallyman demo sheets</title>"
        f'<link rel="stylesheet" href="/demo/sheet.css"></head><body>{drawn}</body></html>'
    )


def style() -> str:
    """Exactly one sheet a page."""
    return STYLE


def labels(door: str) -> list[Label]:
    """Everything to scan behind a door, the badge first."""
    badge = Label("qr", f"TMB:{CAST[door].badge}", CAST[door].name)
    check = Label("gs1_128", GS.join(SCANNER_CHECK), "Scanner set-up: Settings, Scanner", cells=3)
    return [badge, *WORK[door](), check]


def _receiving() -> Iterator[Label]:
    yield Label("code128", "DOCK-1", "DOCK-1")
    yield _pallet(1)
    yield Label("code128", "PO-1001", "PO-1001")
    yield from (_item(n) for n in (1, 2, 7))
    yield Label("code128", "PO-1002", "PO-1002")
    yield _case()
    yield _item(4)
    yield Label("code128", "A-01-1", "a bin: wrong at the dock")


def _storing() -> Iterator[Label]:
    yield _pallet(3)
    yield _pallet(1)
    yield _case()
    for n in (1, 2, 3, 5, 6, 8):
        yield from (_place(f"A-{n:02d}-{level}") for level in (1, 2, 3))
    yield Label("code128", "STAGE-1", "a stage: wrong for storing")


def _picking() -> Iterator[Label]:
    yield from (Label("qr", f"TMT:T-{n:02d}", f"tote T-{n:02d}") for n in (1, 2))
    yield _place("STAGE-1")
    yield from _homes()
    yield from _labels_of_deliveries()


def _counting() -> Iterator[Label]:
    yield _place("D-08-3")
    yield from _homes()
    yield from _labels_of_deliveries()


def _homes() -> Iterator[Label]:
    for n, place in homes().items():
        yield _place(place)
        yield _item(n)


def _labels_of_deliveries() -> Iterator[Label]:
    yield _case()
    yield _pallet(3)


WORK = {"receive": _receiving, "putaway": _storing, "pick": _picking, "count": _counting}


def _place(code: str) -> Label:
    return Label("code128", code, code)


def _item(n: int) -> Label:
    return Label("ean13", gtin(n), GOODS[n - 1][0])


def _pallet(n: int) -> Label:
    return Label("gs1_128", f"00{sscc(n)}", f"pallet (00){sscc(n)}", cells=2)


def _case() -> Label:
    data = case_label(COFFEE)
    words = f"(01){data[2:16]}(17){data[18:24]}(10){data[26:]}"
    return Label("gs1_128", data, words, cells=2)


def _sheet(door: str, pin: str, address: str) -> str:
    who = CAST[door]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {A4[0]} {A4[1]}">'
        f"{_text(MARGIN, 16, 7, f'{who.name} · PIN {pin}')}"
        f"{_text(MARGIN, 23, 4, STEPS[door])}"
        f"{_text(MARGIN, 29, 3, f'Tallyman demo, {address}')}"
        f"{''.join(_placed(labels(door)))}</svg>"
    )


def _placed(chosen: Sequence[Label]) -> Iterator[str]:
    """Fill the grid row by row; what does not fit any more into a row begins the next."""
    column = row = 0
    for label in chosen:
        span = label.cells
        if column + span > COLUMNS:
            column, row = 0, row + 1
        yield _drawn(label, MARGIN + column * CELL_WIDTH, MARGIN + HEAD + row * CELL_HEIGHT)
        column += span


def _drawn(label: Label, x: float, y: float) -> str:
    code = bars(Code(label.symbology, label.code))
    room = CELL_WIDTH * label.cells - 3
    size = QR_SIZE if not code.linear else min(room, code.width * 0.33)
    module = size / code.width
    height = BAR_HEIGHT if code.linear else module
    above = 0 if code.linear else code.before
    dark = "".join(
        f"M{x + (code.before + start) * module:.3f} {y + (above + line) * height:.3f}"
        f"h{length * module:.3f}v{height:.3f}h{-length * module:.3f}z"
        for line, row in enumerate(code.rows)
        for start, length in runs(row)
    )
    beside = (x + QR_SIZE + 1, y + 8) if not code.linear else (x + 3, y + BAR_HEIGHT + 4)
    return f'<path d="{dark}"/>{_text(*beside, 3.2, label.words)}'


def _text(x: float, y: float, size: float, words: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="700"'
        f' font-family="sans-serif">{escape(words)}</text>'
    )
