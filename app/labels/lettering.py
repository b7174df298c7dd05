"""Letters on labels: what the built-in fonts have, and how large a line may be."""

import unicodedata
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth

BOLD, PLAIN = "Helvetica-Bold", "Helvetica"
SMALLEST = 1.8  # millimetres: what is too long for this is cut
CAPITAL = 0.72  # height of a capital letter, of the size
LEADING = 1.05
STROKED = {"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ı": "i", "Ħ": "H", "ħ": "h"}


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines at one size (millimetres) that fit a box."""

    lines: tuple[str, ...]
    size: float


def width_of(text: str, size: float, *, bold: bool) -> float:
    """Measure a line; in the unit of the size."""
    return float(stringWidth(text, BOLD if bold else PLAIN, 1)) * size


def fitted(text: str, width: float, height: float, most: int, *, bold: bool) -> Fitted:
    """Write as large as the box allows, on so many lines as make it largest."""
    shown = printable(text)
    choices = [(shown,)] if most == 1 else [(shown,), _halves(shown)]
    best = max((_at(lines, width, height, bold=bold) for lines in choices), key=_size)
    if best.size >= SMALLEST or not shown:
        return best
    size = min(SMALLEST, height / (len(best.lines) * LEADING))
    return Fitted(tuple(_cut(line, width, size, bold=bold) for line in best.lines), size)


def _size(fitted: Fitted) -> float:
    return fitted.size


def _at(lines: tuple[str, ...], width: float, height: float, *, bold: bool) -> Fitted:
    widest = max(width_of(line, 1, bold=bold) for line in lines) or 1
    return Fitted(lines, min(height / (len(lines) * LEADING), width / widest))


def _halves(text: str) -> tuple[str, ...]:
    """Break where the words allow it, as evenly as they do."""
    breaks = [n for n, letter in enumerate(text) if letter == " "]
    if not breaks:
        return (text,)
    even = min(breaks, key=lambda n: abs(2 * n - len(text)))
    return (text[:even], text[even + 1 :])


def _cut(line: str, width: float, size: float, *, bold: bool) -> str:
    if width_of(line, size, bold=bold) <= width:
        return line
    while line and width_of(f"{line}…", size, bold=bold) > width:
        line = line[:-1]
    return f"{line}…"


def printable(text: str) -> str:
    """Keep to what the built-in fonts have: letters of other alphabets lose their marks."""
    if text.isascii() and text.isprintable():
        return text
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
