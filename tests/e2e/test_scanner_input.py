"""Scans as a real browser hears them: every way a wedge speaks, and what is no scan."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PATIENCE_MS, GiveScanner
from tests.e2e.house import GTINS, Installation
from tests.e2e.scanner import ECHO_MS, Scanner
from tests.e2e.wedge import GS, Wedge

BIN, MUG, LAMP = "D-08-3", "Ceramic mug white", "Desk lamp"
UNHURRIED_MS = 120  # between two keys of somebody who types
FORGOTTEN_MS = 1200  # what stands there without an end is given up


@dataclass
class Labels:
    """Labels of mugs, each with a lot of its own so that none is taken for an echo."""

    printed: list[str] = field(default_factory=list)

    def new(self, *, separator: str = "", prefix: str = "", lot: str = "Lot") -> str:
        """Print the next label; with a separator something stands behind the lot."""
        n = len(self.printed) + 1
        behind = f"{separator}21Sn-{n}" if separator else ""
        code = f"{prefix}010{GTINS[MUG]}10{lot}-{n}{behind}"
        self.printed.append(code)
        return code


@pytest.fixture
def cora(scanner: GiveScanner) -> Scanner:
    """A counter in front of a bin: what she scans is noted at once."""
    handed = scanner("B-300")
    handed.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    handed.door("count")
    handed.scan(BIN, f"Count {BIN}")
    return handed


def heard(at_work: Scanner) -> list[str]:
    """Every code of goods that became an operation, exactly as it came in."""
    noted = [json.loads(entry["text"]) for entry in at_work.journal()]
    lines = [one["payload"]["scans"] for one in noted if one["kind"] == "counting.count_line"]
    return [scan["data"] for scans in lines for scan in scans[1:]]


def hears(at_work: Scanner, codes: list[str]) -> None:
    """Wait until these codes, and no other, are on the disk."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while len(heard(at_work)) < len(codes) and time.monotonic() < deadline:
        at_work.page.wait_for_timeout(20)
    assert heard(at_work) == codes


def test_every_way_a_wedge_speaks(cora: Scanner) -> None:
    """Keys, injected text, compositions and pastes bring the code whole, separators included."""
    wedge, labels = Wedge(cora.page), Labels()
    own = {"separator": GS}
    ways: list[Callable[[], None]] = [
        lambda: wedge.types(labels.new()),
        lambda: wedge.types(labels.new(), suffix="Tab"),
        lambda: wedge.types(labels.new(prefix="]C1")),
        lambda: wedge.types(labels.new(prefix=GS)),
        lambda: wedge.types(labels.new(**own)),
        lambda: wedge.types(labels.new(**own, prefix="]C1"), suffix="Tab"),
        lambda: wedge.types(labels.new(**own), separator="alt"),
        lambda: wedge.types(labels.new(lot="mIxEd"), capitals="shift"),
        lambda: wedge.types(labels.new(lot="%&*()+,-./:;<=>?_"), capitals="shift"),
        lambda: wedge.injects(labels.new()),
        lambda: wedge.injects(labels.new(**own)),
        lambda: wedge.injects(labels.new(), suffix="Enter"),
        lambda: wedge.injects(labels.new(), suffix="Tab"),
        lambda: wedge.composes(labels.new()),
        lambda: wedge.pastes(labels.new()),
        lambda: wedge.pastes(labels.new(**own)),
        lambda: wedge.types(labels.new(), labels.new(**own), labels.new()),
    ]
    for way in ways:
        way()
        hears(cora, labels.printed)


def test_what_never_ends_is_no_scan(cora: Scanner) -> None:
    """Without its suffix a code is forgotten, and spoils nothing that comes after it."""
    wedge, labels = Wedge(cora.page), Labels()
    wedge.types("0109521", suffix=None)
    cora.page.wait_for_timeout(FORGOTTEN_MS)
    wedge.types(labels.new())
    hears(cora, labels.printed)


def test_a_trigger_pulled_once_counts_once(cora: Scanner) -> None:
    """A doubled read is an echo; a second pull is a second piece."""
    wedge, mug = Wedge(cora.page), GTINS[MUG]
    wedge.types(mug, mug)
    cora.says(f"1 × {MUG} noted")
    cora.page.wait_for_timeout(ECHO_MS)
    wedge.types(mug)
    cora.says(f"2 × {MUG} noted")
    hears(cora, [mug, mug])


def test_a_code_in_two_bursts_is_one_and_in_three_is_none(cora: Scanner) -> None:
    """Joined when it is quiet, because the whole checks itself; the set-up page knows of it."""
    wedge, labels = Wedge(cora.page), Labels()
    code = labels.new()
    wedge.types(code[:9])
    cora.page.wait_for_timeout(200)
    wedge.types(code[9:])
    cora.says("two pieces")
    cora.shoot("two-pieces")
    hears(cora, labels.printed)

    cora.page.wait_for_timeout(FORGOTTEN_MS)
    code = f"010{GTINS[MUG]}10Other"
    for part in (code[:9], code[9:-3], code[-3:]):
        wedge.types(part)
        cora.page.wait_for_timeout(200)
    cora.says("Arrives in pieces")
    cora.shoot("torn")
    cora.page.wait_for_timeout(FORGOTTEN_MS)
    hears(cora, labels.printed)

    cora.page.goto(f"{cora.address}#/scanner")
    expect(cora.at("scanner-cuts")).to_contain_text("3")
    cora.shoot("cuts")


def test_a_person_is_no_scanner(cora: Scanner) -> None:
    """Slow keys work the screen and its pad; a scan presses nothing that has the focus."""
    wedge = Wedge(cora.page)
    wedge.slowly(GTINS[LAMP], UNHURRIED_MS, suffix="Tab")
    wedge.slowly("TMP:A", UNHURRIED_MS, suffix="Tab")
    cora.shows("instruction", "Scan what is here")
    assert heard(cora) == []

    cora.at("code").focus()
    wedge.types(GTINS[MUG])
    cora.says(f"1 × {MUG} noted")
    expect(cora.at("codepad")).to_be_hidden()

    cora.tap("quantity")
    wedge.slowly("12", UNHURRIED_MS)
    cora.says(f"12 × {MUG} noted")
    cora.tap("quantity")
    expect(cora.at("keypad")).to_be_visible()
    wedge.types(GTINS[LAMP])
    cora.says(f"1 × {LAMP} noted")
    expect(cora.at("keypad")).to_be_hidden()
    hears(cora, [GTINS[MUG], GTINS[MUG], GTINS[LAMP]])


def test_a_field_keeps_what_is_typed_into_it(cora: Scanner, installation: Installation) -> None:
    """In the office somebody types; what a scanner types there stays there too."""
    wedge = Wedge(cora.page)
    cora.page.goto(f"{cora.address}#/")
    cora.tap("sign-off")
    cora.shows("instruction", "Scan your badge")
    cora.page.goto(f"{cora.address}#/office")
    name = cora.page.locator("input[name=username]")
    name.focus()
    wedge.types(GTINS[MUG], suffix="Tab")
    expect(name).to_have_value(GTINS[MUG])
    expect(cora.page.locator("input[name=password]")).to_be_focused()
    cora.tap("floor")
    cora.sign_in("B-300", installation.pin)
    cora.tap("door-count")
    cora.shows("target", BIN)
    wedge.types(GTINS[LAMP])
    cora.says(f"1 × {LAMP} noted")
    hears(cora, [GTINS[LAMP]])


@pytest.mark.parametrize(
    "read_at_the_door",
    [
        pytest.param(lambda wedge: wedge.types("PO-1001", GTINS[MUG]), id="keys"),
        pytest.param(lambda wedge: wedge.pastes(f"PO-1001\n{GTINS[MUG]}\n"), id="paste"),
    ],
)
def test_a_scan_during_a_change_of_screen_is_not_lost(
    scanner: GiveScanner, read_at_the_door: Callable[[Wedge], None]
) -> None:
    """Read in one go at the doors: the order opens its screen, the goods are booked on it."""
    rosa = scanner("B-100")
    rosa.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.page.locator("button[data-test=home]").tap()
    expect(rosa.page.locator("main[data-test=home]")).to_be_visible()
    read_at_the_door(Wedge(rosa.page))
    rosa.says(f"1 × {MUG}")
    rosa.shows("title", "Receive")
    expect(rosa.at("stop")).to_contain_text("PO-1001")
    assert len(rosa.journal()) == 1
