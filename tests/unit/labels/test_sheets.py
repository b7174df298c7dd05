"""Label sheets are read back with a scanner: from the PDF to a picture to the code."""

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from app.identification import identify
from app.labels.sheets import BADGES, PLACES, Format, Label, Symbology, printable, sheet

AISLE = [Label(f"TMP:A-{n:02d}-1", f"A-{n:02d}-1", "Ambient") for n in range(1, 20)]
DPI = 200


def pictures(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / 72).to_pil() for page in document]
    finally:
        document.close()


def scanned(pdf: bytes) -> list[list[str]]:
    """What a scanner reads on each page, from the top left."""
    pages = []
    for picture in pictures(pdf):
        found = zxingcpp.read_barcodes(picture)
        found.sort(key=lambda code: (code.position.top_left.y // 100, code.position.top_left.x))
        pages.append([code.text for code in found])
    return pages


class TestASheet:
    @pytest.mark.parametrize("symbology", ["qr", "code128"])
    def test_of_places_is_read_back_page_by_page(self, symbology: Symbology) -> None:
        first, second = scanned(sheet(AISLE, PLACES, symbology, "Places"))

        assert first == [label.code for label in AISLE[:16]]
        assert second == [label.code for label in AISLE[16:]]
        reading = identify(first[0], None)
        assert reading.internal is not None
        assert (reading.internal.type, reading.internal.code) == ("place", "A-01-1")

    def test_of_badges_is_read_back(self) -> None:
        people = [Label("TMB:B-1", "Ana Núñez", "B-1"), Label("TMB:B-2", "Łukasz 山田", "B-2")]

        (page,) = scanned(sheet(people, BADGES, "qr", "Badges"))

        assert page == ["TMB:B-1", "TMB:B-2"]

    def test_a_code_beyond_ascii_becomes_a_square(self) -> None:
        (page,) = scanned(sheet([Label("TMP:Pasillo-Ñ", "Pasillo-Ñ")], PLACES, "code128", "P"))

        assert page == ["TMP:Pasillo-Ñ"]

    @pytest.mark.parametrize("symbology", ["qr", "code128"])
    @pytest.mark.parametrize("shape", [PLACES, BADGES])
    def test_the_longest_code_there_may_be_is_still_read(
        self, shape: Format, symbology: Symbology
    ) -> None:
        code = "TMP:" + "W" * 60

        (page,) = scanned(sheet([Label(code, "W" * 60, "n" * 120)], shape, symbology, "P"))

        assert page == [code]

    def test_the_same_labels_make_the_same_file(self) -> None:
        assert sheet(AISLE, PLACES, "qr", "P") == sheet(AISLE, PLACES, "qr", "P")


def test_letters_without_a_glyph_lose_their_marks() -> None:
    assert printable("Łódź, Ñandú, Źrebię") == "Lódz, Ñandú, Zrebie"
