"""Every kind of label on every paper it fits: drawn, put on paper, and read by a scanner."""

import pytest

from app.identification import identify
from app.labels.composing import Symbol
from app.labels.layouts import LAYOUTS, MEDIA, Media, media_of
from app.labels.paper import Job, pages
from app.labels.pdf import pdf
from app.labels.png import png
from app.labels.svg import svg
from app.labels.zpl import zpl
from tests.unit.labels.examples import EXAMPLES, SSCC, Example
from tests.unit.labels.reading import opened, pictures, scans
from tests.unit.labels.zebra import printed

ON_PAPER = [
    pytest.param(example, media, id=f"{example.name} on {media.name}")
    for example in EXAMPLES
    for media in media_of(LAYOUTS[example.label.layout])
]
ON_ROLLS = [
    pytest.param(example, media, dpi, id=f"{example.name} on {media.name} at {dpi}")
    for example in EXAMPLES
    for media in media_of(LAYOUTS[example.label.layout])
    if media.roll
    for dpi in (203, 300)
]


@pytest.mark.parametrize(("example", "media"), ON_PAPER)
def test_a_pdf_is_read_back(example: Example, media: Media) -> None:
    (page,) = pictures(pdf(Job([example.label], media), "Labels"))

    assert scans(page) == list(example.says)


@pytest.mark.parametrize(("example", "media", "dpi"), ON_ROLLS)
def test_a_label_printer_prints_what_is_read_back(example: Example, media: Media, dpi: int) -> None:
    (label,) = printed(zpl(Job([example.label], media, copies=3, dpi=dpi)))

    assert scans(label.picture) == list(example.says)
    assert label.copies == 3


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
@pytest.mark.parametrize("dpi", [203, 300])
def test_a_picture_is_read_back(example: Example, dpi: int) -> None:
    media = MEDIA[LAYOUTS[example.label.layout].media]
    (page,) = pages(Job([example.label], media, dpi=dpi))

    assert scans(opened(png(page, media, dpi))) == list(example.says)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_what_is_read_is_understood(example: Example) -> None:
    """The scanner's words lead to the thing the label is on, symbology identifier included."""
    readings = [identify(said + data, None) for said, data in example.says]

    # A bare SKU says what it is only where the site's own codes are known.
    assert all(reading.ok or reading.kind == "unknown" for reading in readings)
    if example.name == "pallet":
        assert readings[0].sscc == SSCC
    if example.name == "lot":
        (reading,) = readings
        assert (reading.gtin14, reading.lot) == ("09521234543213", "L7-A")
        assert str(reading.expiry) == "2027-03-31"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_page_for_the_screen_holds_no_markup_of_others(example: Example) -> None:
    media = MEDIA[LAYOUTS[example.label.layout].media]
    (page,) = pages(Job([example.label], media))

    drawn = svg(page, media)

    assert drawn.startswith("<svg ")
    assert drawn.count("<text") == sum(part.startswith("text") for part in drawn.split("<"))


def symbols(example: Example, media: Media, dpi: int | None) -> list[Symbol]:
    (page,) = pages(Job([example.label], media, dpi=dpi))
    return [mark for placed in page for mark in placed.marks if isinstance(mark, Symbol)]


@pytest.mark.parametrize(("example", "media", "dpi"), ON_ROLLS)
def test_modules_are_whole_dots_and_the_quiet_zone_is_on_the_label(
    example: Example, media: Media, dpi: int
) -> None:
    dots = 8 if dpi == 203 else 300 / 25.4
    for symbol in symbols(example, media, dpi):
        assert symbol.module * dots == pytest.approx(round(symbol.module * dots))
        assert symbol.left >= symbol.bars.before * symbol.module - 1 / dots
        right = symbol.left + (symbol.bars.dark + symbol.bars.after) * symbol.module
        assert right <= media.label[0] + 1 / dots


@pytest.mark.parametrize("media", media_of(LAYOUTS["lpn"]), ids=lambda media: media.name)
@pytest.mark.parametrize("dpi", [None, 203, 300])
def test_the_logistic_label_keeps_the_general_specifications(media: Media, dpi: int | None) -> None:
    """GS1-128 on logistic units: X 0.495–0.940 mm, at least 31.75 mm high, quiet zones of 10 X."""
    pallet = next(example for example in EXAMPLES if example.name == "pallet")

    (symbol,) = symbols(pallet, media, dpi)

    assert 0.495 <= symbol.module <= 0.940
    assert symbol.height >= 31.75
    assert symbol.left >= 10 * symbol.module - 0.07
