"""A scanner for paper: from a picture of a label to what a wedge would send."""

import io

import pypdfium2
import zxingcpp
from PIL import Image

DPI = 203
GS = "\x1d"


def pictures(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    """Every page as a laser printer would put it on paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    finally:
        document.close()


def scans(picture: Image.Image) -> list[tuple[str, str]]:
    """Symbology identifier and data of every symbol, row by row from the top left."""
    found = zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain)
    found.sort(key=lambda code: (code.position.top_left.y // 60, code.position.top_left.x))
    return [(code.symbology_identifier, code.bytes.decode()) for code in found]


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")
