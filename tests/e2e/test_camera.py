"""The camera reads what is held before it, also without network and under the strict policy."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect
from zxingcpp import BarcodeFormat

from tests.e2e.conftest import PATIENCE_MS, GiveScanner
from tests.e2e.film import Label, shoot
from tests.e2e.house import GTINS, House
from tests.e2e.scanner import Scanner
from tests.provision.chromium import Chromium

BIN, MUG, LAMP = "D-08-3", "Ceramic mug white", "Desk lamp"
LIGHT = """() => {
  const track = MediaStreamTrack.prototype;
  track.getCapabilities = () => ({ torch: true });
  window.lit = [];
  track.applyConstraints = async ({ advanced }) => void window.lit.push(advanced[0].torch);
}"""
GTIN = f"0{GTINS[MUG]}"
LINK = f"https://id.gs1.org/01/{GTIN}/10/L-3"
CASE, PALLET = f"01{GTIN}10L-1", f"01{GTIN}10L-2\x1d21S-2"
LABELS = [
    Label(GTINS[MUG], BarcodeFormat.EAN13, GTINS[MUG], "]E0"),
    Label(GTINS[LAMP], BarcodeFormat.Code128, GTINS[LAMP], "]C0", scale=2),
    Label(f"(01){GTIN}(10)L-1", BarcodeFormat.Code128, CASE, "]C1", scale=2),
    Label(f"(01){GTIN}(10)L-2(21)S-2", BarcodeFormat.DataMatrix, PALLET, "]d2"),
    Label(LINK, BarcodeFormat.QRCode, LINK, "]Q1"),
]
# The same in a hand that is in a hurry, in a dark aisle, with a cheap lens.
HELD_BADLY = [
    replace(LABELS[0], scale=3, angle=-33, noise=25, blur=0.6, light=0.8),
    replace(LABELS[1], angle=90, noise=25, blur=0.6, light=0.8),
    replace(LABELS[2], angle=187, noise=15, blur=0.4, light=0.7),
    replace(LABELS[3], angle=24, noise=25, blur=0.6, light=0.7),
    replace(LABELS[4], angle=-52, noise=25, blur=0.8, light=0.6),
]


@pytest.fixture
def labels() -> list[Label]:
    """What is held before the camera; a test may hold it otherwise."""
    return LABELS


@pytest.fixture
def browser(
    installed_chromium: Chromium,
    playwright_driver: Playwright,
    labels: list[Label],
    tmp_path: Path,
) -> Iterator[Browser]:
    """A browser whose camera shows our film."""
    film = shoot(labels, tmp_path / "labels.y4m")
    launched = playwright_driver.chromium.launch(
        executable_path=installed_chromium.program,
        args=[
            *installed_chromium.arguments(),
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ],
        env=dict(installed_chromium.environment()),
    )
    yield launched
    launched.close()


@pytest.fixture
def cora(scanner: GiveScanner) -> Scanner:
    """A counter in front of a bin."""
    handed = scanner("B-300")
    handed.door("count")
    handed.scan(BIN, f"Count {BIN}")
    return handed


def seen(at_work: Scanner) -> list[dict[str, Any]]:
    """Every code of goods that became an operation, exactly as it came in."""
    noted = [json.loads(entry["text"]) for entry in at_work.journal()]
    lines = [one["payload"]["scans"] for one in noted if one["kind"] == "counting.count_line"]
    return [scan for scans in lines for scan in scans[1:]]


def sees(at_work: Scanner, times: int) -> list[dict[str, Any]]:
    """Wait until so many codes were read."""
    deadline = time.monotonic() + times * PATIENCE_MS / 1000  # one after another in the film
    while len(read := seen(at_work)) < times:
        assert time.monotonic() < deadline, read
        at_work.page.wait_for_timeout(50)
    return read


def test_one_look_is_one_scan(cora: Scanner) -> None:
    """Opened for one code, the camera closes after it."""
    cora.tap("camera")
    [read] = sees(cora, 1)
    assert read in [{"data": label.data, "symbology": label.symbology} for label in LABELS]
    expect(cora.at("camera-view")).to_be_hidden()
    cora.says("noted")


def test_the_torch_is_offered_where_there_is_one(cora: Scanner) -> None:
    """A film has no torch; the light of a camera that has one is turned on."""
    cora.tap("camera")
    cora.tap("keep-open")
    expect(cora.page.locator("video")).to_be_visible()
    sees(cora, 1)
    expect(cora.at("torch")).to_have_count(0)
    cora.tap("back")
    cora.page.evaluate(LIGHT)
    cora.tap("camera")
    cora.tap("torch")
    expect(cora.at("torch")).to_have_attribute("aria-pressed", "true")
    assert cora.page.evaluate("() => window.lit") == [True]


@pytest.mark.parametrize("labels", [HELD_BADLY], ids=["held badly"])
def test_at_angles_with_noise_and_in_bad_light(cora: Scanner, labels: list[Label]) -> None:
    """Turned, grainy, blurred and dark: read as it is printed, or not at all."""
    cora.tap("camera")
    cora.tap("keep-open")
    printed = [{"data": label.data, "symbology": label.symbology} for label in labels]
    read = sees(cora, len(printed))
    wanted = time.monotonic() + len(printed) * PATIENCE_MS / 1000
    while not all(one in read for one in printed):
        assert time.monotonic() < wanted, read
        read = sees(cora, len(read) + 1)
    assert all(one in printed for one in read)


def test_every_symbology_without_network(cora: Scanner, house: House) -> None:
    """Left open, it reads one label after the other; a label held for long counts once."""
    cora.wire.cut()
    cora.tap("camera")
    cora.tap("keep-open")
    cora.shoot("camera-kept-open")
    read = sees(cora, len(LABELS))[: len(LABELS)]
    printed = [{"data": label.data, "symbology": label.symbology} for label in LABELS]
    first = printed.index(read[0])
    assert read == printed[first:] + printed[:first]
    expect(cora.at("camera-view")).to_be_visible()
    expect(cora.at("feedback")).to_have_attribute("data-said", "ok")

    cora.tap("back")
    expect(cora.at("camera-view")).to_be_hidden()
    cora.wire.mend()
    cora.drained()
    house.assert_holds_once(cora.journal())
