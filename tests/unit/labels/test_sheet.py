"""Sheets and rolls: page by page, copy by copy, and what does not fit is refused."""

import pytest
from PIL import Image

from app.labels import saying
from app.labels.composing import DoesNotFit, Label
from app.labels.layouts import MEDIA, BadLayout, read_layouts
from app.labels.lettering import printable
from app.labels.paper import Job, WrongMedia, pages
from app.labels.pdf import pdf
from app.labels.saying import Batch, Goods, UnsayableLot
from app.labels.symbols import Code, Symbology, can_say, modules
from tests.unit.labels.reading import pictures, scans

AISLE = [saying.place(f"A-{n:02d}-1", "Ambient", "qr", "none") for n in range(1, 20)]
SHEET = MEDIA["a4-16"]


def read(labels: list[Label], media: str, copies: int = 1) -> list[list[str]]:
    return [
        [data for _, data in scans(page)]
        for page in pictures(pdf(Job(labels, MEDIA[media], copies), "Labels"))
    ]


class TestASheet:
    @pytest.mark.parametrize("symbology", ["qr", "code128"])
    def test_is_filled_from_the_top_left_page_after_page(self, symbology: Symbology) -> None:
        aisle = [saying.place(f"A-{n:02d}", "", symbology, "none") for n in range(1, 20)]

        first, second = read(aisle, "a4-16")

        assert first == [f"TMP:A-{n:02d}" for n in range(1, 17)]
        assert second == [f"TMP:A-{n:02d}" for n in range(17, 20)]

    def test_has_the_copies_of_a_label_beside_each_other(self) -> None:
        (page,) = read(AISLE[:2], "a4-16", copies=3)

        assert page == ["TMP:A-01-1"] * 3 + ["TMP:A-02-1"] * 3

    def test_of_a_roll_is_a_page_a_label(self) -> None:
        assert read(AISLE[:3], "roll-100x50") == [[f"TMP:A-{n:02d}-1"] for n in (1, 2, 3)]

    def test_is_the_same_file_for_the_same_labels(self) -> None:
        assert pdf(Job(AISLE, SHEET), "P") == pdf(Job(AISLE, SHEET), "P")

    def test_that_is_too_small_for_the_label_is_refused(self) -> None:
        pallet = saying.unit("395012345678901238", "Site", "qr", "en")

        with pytest.raises(WrongMedia):
            list(pages(Job([pallet], SHEET)))

    def test_of_commands_is_one_page_that_does_what_buttons_do(self) -> None:
        (page,) = read(saying.commands("qr", "en"), "a4-8")

        assert sorted(page) == sorted(
            f"TMC:{name}"
            for name in ("UNDO", "DONE", "EMPTY", "SHORT", "DAMAGED", "WORK", "CANCEL", "YES")
        )


class TestALongCode:
    @pytest.mark.parametrize("symbology", ["qr", "code128"])
    @pytest.mark.parametrize("media", ["a4-16", "a4-cards"])
    def test_is_still_read_as_a_square(self, media: str, symbology: Symbology) -> None:
        code = "W" * 60
        label = saying.place(code, "n" * 120, symbology, "up")

        (page,) = read([label], media)

        assert page == [f"TMP:{code}"]

    def test_of_a_lot_becomes_a_digital_link(self) -> None:
        tea = Goods("TEA", "Green tea", "09521234543213")
        label = saying.lot(tea, Batch("LOT/0815-ABCDEFGHIJK", "2027-03-31"), "en")

        (page,) = read([label], "a4-24")

        assert page == ["https://id.gs1.org/01/09521234543213/10/LOT%2F0815-ABCDEFGHIJK?17=270331"]

    def test_that_no_symbol_has_room_for_is_refused(self) -> None:
        label = saying.item(Goods("S" * 80, "Screw"))

        with pytest.raises(DoesNotFit):
            list(pages(Job([label], MEDIA["roll-57x32"])))


class TestACode:
    def test_beyond_ascii_becomes_a_square(self) -> None:
        label = saying.place("Pasillo-Ñ", "", "code128", "none")

        assert read([label], "a4-16") == [["TMP:Pasillo-Ñ"]]

    @pytest.mark.parametrize(
        "code",
        [
            Code("ean13", "9521234543210"),  # a wrong check digit would be mended silently
            Code("ean13", "952123454321"),
            Code("code128", "Ñ"),
            Code("code128", "A\nB"),
            Code("code128", ""),
            Code("gs1_128", "10" + "1" * 47),
            Code("qr", ""),
        ],
    )
    def test_that_has_no_signs_for_what_it_should_say_is_known(self, code: Code) -> None:
        assert not can_say(code)

    @pytest.mark.parametrize("lot", ["L" * 21, "Lote Ñ", "A B", "A\x1dB"])
    def test_of_a_lot_has_the_signs_of_gs1(self, lot: str) -> None:
        with pytest.raises(UnsayableLot):
            saying.lot(Goods("TEA", "Tea", "09521234543213"), Batch(lot), "en")

    def test_for_the_screen_is_read_back(self) -> None:
        rows = modules("TME:ABCDEFGH23")
        size = len(rows) + 8
        picture = Image.new("L", (size, size), 255)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark == "1":
                    picture.putpixel((x + 4, y + 4), 0)

        large = picture.resize((size * 6, size * 6), Image.Resampling.NEAREST)

        assert scans(large) == [("]Q1", "TME:ABCDEFGH23")]


class TestALayout:
    PLAIN = {  # noqa: RUF012
        "name": "x", "fields": ["code"], "symbologies": ["qr"], "least": [10, 10], "media": "a4-16",
    }  # fmt: skip

    @pytest.mark.parametrize(
        "element",
        [
            {"text": "pin", "box": [0, 0, 10, 10]},
            {"text": "__class__", "box": [0, 0, 10, 10]},
            {"symbol": "secret", "box": [0, 0, 10, 10]},
            {"text": "code", "if": "1 == 1", "box": [0, 0, 10, 10]},
            {"text": "code", "box": [95, 0, 10, 10]},
        ],
    )
    def test_shows_only_what_is_on_its_list(self, element: dict[str, object]) -> None:
        with pytest.raises(BadLayout):
            list(read_layouts([{**self.PLAIN, "elements": [element]}]))


def test_check_digits_differ_between_neighbours() -> None:
    rack = [f"A-{bay:02d}-{level}" for bay in range(1, 13) for level in range(1, 7)]

    digits = {code: saying.check_digits(code) for code in rack}

    assert all(len(two) == 2 and two.isdigit() for two in digits.values())
    for bay in range(1, 12):
        for level in range(1, 6):
            here = digits[f"A-{bay:02d}-{level}"]
            assert here not in {
                digits[f"A-{bay + 1:02d}-{level}"],
                digits[f"A-{bay:02d}-{level + 1}"],
            }


def test_letters_without_a_glyph_lose_their_marks() -> None:
    assert printable("Łódź, Ñandú, Źrebię") == "Lódz, Ñandú, Zrebie"
