"""Barcodes as rows of dark and light, for paper that any scanner reads. Pure."""

from dataclasses import dataclass
from typing import Literal

import qrcode
from barcode import get_barcode_class

Symbology = Literal["code128", "ean13", "gs1_128", "qr"]
QUIET = 10  # modules of white on either side of a linear code


@dataclass(frozen=True, slots=True)
class Bars:
    """Dark modules from the top left: one row for a linear code, many for a matrix."""

    rows: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.rows[0])

    @property
    def linear(self) -> bool:
        return len(self.rows) == 1


def bars(symbology: Symbology, text: str) -> Bars:
    """Draw a code: "1" is dark; the quiet zone is part of it."""
    if symbology == "qr":
        code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
        code.add_data(text)
        return Bars(tuple("".join("01"[dark] for dark in row) for row in code.get_matrix()))
    (line,) = get_barcode_class(symbology)(text).build()
    quiet = "0" * QUIET
    return Bars((quiet + line.replace("G", "1") + quiet,))
