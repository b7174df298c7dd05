"""Draws labels in a grid on A4, as vectors: what a laser printer and scissors can do."""

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

Symbology = Literal["qr", "code128"]
BOLD, PLAIN = "Helvetica-Bold", "Helvetica"
SMALL = 9.0  # points
LINE = 20.0
QUIET = 3 * mm
STROKED = {"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Ħ": "H", "ħ": "h"}


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: to the scanner, in large letters, and in small ones."""

    code: str
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """A grid on A4; sizes in millimetres. `frame`: a line to cut along."""

    columns: int
    rows: int
    width: float
    height: float
    largest: float  # points of the title
    frame: bool = False

    @property
    def page(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows


PLACES = Format(2, 8, 105, 37, 40)  # the common sheet of 16
BADGES = Format(2, 5, 86, 54, 20, frame=True)  # the size of a bank card


def sheet(labels: Sequence[Label], shape: Format, symbology: Symbology, title: str) -> bytes:
    """Draw labels from the top left, page after page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setTitle(title)
    for n, label in enumerate(labels):
        if n and n % shape.page == 0:
            canvas.showPage()
        _draw(canvas, label, shape, symbology, n % shape.page)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, label: Label, shape: Format, symbology: Symbology, n: int) -> None:
    width, height = shape.width * mm, shape.height * mm
    margin = ((A4[0] - shape.columns * width) / 2, (A4[1] - shape.rows * height) / 2)
    row, column = divmod(n, shape.columns)
    left, bottom = margin[0] + column * width, A4[1] - margin[1] - (row + 1) * height
    if shape.frame:
        canvas.setLineWidth(0.25)
        canvas.roundRect(left, bottom, width, height, 3 * mm)
    if symbology == "code128" and label.code.isascii():
        _draw_bars(canvas, label, shape, left, bottom)
    else:
        _draw_square(canvas, label, shape, left, bottom)


def _draw_square(canvas: Canvas, label: Label, shape: Format, left: float, bottom: float) -> None:
    side = min(shape.height - 6, 34) * mm
    square = QrCodeWidget(label.code, barLevel="M", barWidth=side, barHeight=side, barBorder=4)
    drawing = Drawing(side, side)
    drawing.add(square)
    renderPDF.draw(drawing, canvas, left + QUIET, bottom + (shape.height * mm - side) / 2)
    start = left + QUIET + side + QUIET
    room = shape.width * mm - side - 3 * QUIET
    middle = bottom + shape.height * mm / 2
    for line in reversed(_lines(label.title, room, shape.largest)):
        _write(canvas, line, start, middle, room, shape.largest)
        middle += min(shape.largest, LINE)
    _write(canvas, label.note, start, bottom + shape.height * mm / 2 - 14, room, SMALL, PLAIN)


def _draw_bars(canvas: Canvas, label: Label, shape: Format, left: float, bottom: float) -> None:
    room = shape.width * mm - 2 * QUIET
    bar = code128.Code128(label.code, barWidth=0.33 * mm, barHeight=shape.height * 0.36 * mm)
    if bar.width > room:  # still at least a quarter of a millimetre, or a square instead
        bar = code128.Code128(
            label.code,
            barWidth=0.33 * mm * room / bar.width,
            barHeight=shape.height * 0.36 * mm,
        )
    if bar.barWidth < 0.25 * mm:
        _draw_square(canvas, label, shape, left, bottom)
        return
    bar.drawOn(canvas, left + QUIET - bar.lquiet, bottom + 3 * mm)
    top = bottom + shape.height * 0.56 * mm
    _write(canvas, label.title, left + QUIET, top, room, min(shape.largest, 28))
    _write(canvas, label.note, left + QUIET, bottom + shape.height * 0.46 * mm, room, SMALL, PLAIN)


def _lines(text: str, room: float, largest: float) -> tuple[str, ...]:
    """Break a name that would become small into two lines, as even as its words allow."""
    breaks = [n for n, letter in enumerate(text) if letter == " "]
    if not breaks or stringWidth(printable(text), BOLD, largest) <= room:
        return (text,)
    even = min(breaks, key=lambda n: abs(2 * n - len(text)))
    return (text[:even], text[even + 1 :])


def _write(
    canvas: Canvas,
    text: str,
    left: float,
    bottom: float,
    room: float,
    largest: float,
    font: str = BOLD,
) -> None:
    """Write one line as large as there is room; what is too long for the smallest is cut."""
    shown = printable(text)
    width = stringWidth(shown, font, 1) or 1
    size = min(largest, room / width)
    while size < SMALL and shown:
        shown = shown[:-1]
        size = min(largest, room / (stringWidth(f"{shown}…", font, 1) or 1))
        if size >= SMALL:
            shown = f"{shown}…"
    canvas.setFont(font, max(size, SMALL))
    canvas.drawString(left, bottom, shown)


def printable(text: str) -> str:
    """Keep to what the built-in fonts have: letters of other alphabets lose their marks."""
    out = []
    for letter in text:
        for each in (letter, unicodedata.normalize("NFKD", letter)[:1], STROKED.get(letter), "?"):
            if each and _has(each):
                out.append(each)
                break
    return "".join(out)


def _has(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return letter.isprintable()
