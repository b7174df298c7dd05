"""Barcodes as rows of dark and light modules, for paper that any scanner reads. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import qrcode
from barcode import get_barcode_class

from app.identification.check_digits import has_check_digit, is_digits

Symbology = Literal["code128", "ean13", "gs1_128", "qr"]
GS = "\x1d"
FNC1 = "\xf1"  # as python-barcode wants it
QUIET = {"code128": (10, 10), "gs1_128": (10, 10), "ean13": (11, 7), "qr": (4, 4)}
# What a scanner says before the data when it is told to name the symbology.
IDENTIFIERS = {"code128": "]C0", "gs1_128": "]C1", "ean13": "]E0", "qr": "]Q1"}
LONGEST = 48  # GS1 General Specifications 5.4.4.7.6: data characters of one GS1-128 symbol
EAN13 = 13


@dataclass(frozen=True, slots=True)
class Code:
    """What a symbol says. GS1-128: an element string, GS after what has no fixed length."""

    symbology: Symbology
    data: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Dark modules from the top left: one row for a linear code, many for a matrix."""

    rows: tuple[str, ...]
    before: int  # modules of white that belong to it, left and right
    after: int

    @property
    def dark(self) -> int:
        """Modules from the first dark one to the last."""
        return len(self.rows[0])

    @property
    def width(self) -> int:
        return self.before + self.dark + self.after

    @property
    def linear(self) -> bool:
        return len(self.rows) == 1


def can_say(code: Code) -> bool:
    """Tell whether the symbology has signs for this; a QR code takes anything."""
    match code.symbology:
        case "qr":
            return code.data != ""
        case "ean13":  # a wrong check digit would be mended silently
            return len(code.data) == EAN13 and is_digits(code.data) and has_check_digit(code.data)
        case "gs1_128":
            data = code.data.replace(GS, "")
            return _printable(data) and len(code.data) <= LONGEST
        case "code128":
            return _printable(code.data)


def _printable(data: str) -> bool:
    return data != "" and data.isascii() and data.isprintable()


@lru_cache(maxsize=4_096)
def bars(code: Code) -> Bars:
    """Draw a code; ask `can_say` before."""
    before, after = QUIET[code.symbology]
    if code.symbology == "qr":
        return Bars(tuple(modules(code.data)), before, after)
    (line,) = _linear(code).build()
    return Bars((line.replace("G", "1"),), before, after)


def characters(code: Code) -> list[int]:
    """The values of a Code 128 symbol from its start to the last data character."""
    found: list[int] = _linear(code).encoded
    return found


def _linear(code: Code) -> Any:  # noqa: ANN401 - the library ships no types
    data = code.data.replace(GS, FNC1) if code.symbology == "gs1_128" else code.data
    return get_barcode_class(code.symbology)(data)


def modules(text: str) -> list[str]:
    """Return the rows of a QR code, 1 for dark, without its quiet zone."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return ["".join("1" if dark else "0" for dark in row) for row in code.get_matrix()]
