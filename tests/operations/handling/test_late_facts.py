"""Every row of the table of late facts: code, severity, whether it settles, who has to do what.

A story is told on the floor; what must hold then is a line of the table. `mended` is the gesture
that ends it, by the hands that were sent, or the news that had been missing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import time

import pytest

from app.db import db, snapshot
from app.kernel.ids import derived
from app.pipeline.catalogue import entry
from app.pipeline.models import OpenException
from app.proving.handheld import Handheld
from app.proving.rebuild import verify
from tests.operations.settling import beat, look
from tests.properties.hands import answers, approve, call_off, carry_unit, lay, see, ship
from tests.warehouse import DOCK, DRILL, QUARANTINE, STAGE, TEA, Warehouse

Work = set[tuple[str, str]]


@dataclass
class Hands:
    """Two handhelds that tell their stories when they like."""

    site: Warehouse
    one: Handheld
    two: Handheld
    notes: dict[str, str] = field(default_factory=dict)

    def work(self) -> Work:
        """What somebody on the floor is told to do, by (entity, what)."""
        self.one.pull()
        self.one.base = None  # the test's clock is eight hours behind
        found = {("follow_up", row["kind"]) for row in self.one.all("follow_up")}
        found |= {("put_back", row["number"]) for row in self.one.all("put_back")}
        return found | {("count_task", row["place"]) for row in self.one.all("count_task")}

    def order(self, sku: str, quantity: int) -> str:
        order = self.notes["order"] = self.site.order("SO-1", (sku, quantity))
        line = self.notes["line"] = self.site.line(order, 1)
        self.notes["tote"] = self.site.lpn("T-01")
        return line

    def pick(self, device: Handheld, sku: str, quantity: int, source: str = "A-01") -> str:
        line, tote = self.notes["line"], self.notes["tote"]
        return self.site.pick(device, line, sku, quantity, source, tote)

    def take_out(self, sku: str, quantity: int, target: str, task: str | None = None) -> None:
        goods = self.site.goods(sku, quantity, lpn=self.notes["tote"])
        self.move_goods(goods, None, target, task)

    def move(
        self, sku: str, quantity: int, source: str, target: str, task: str | None = None
    ) -> None:
        self.move_goods(self.site.goods(sku, quantity), self.site.place(source), target, task)

    def move_goods(self, goods: object, source: str | None, target: str, task: str | None) -> None:
        self.two.record(
            "moving.move",
            {
                "goods": goods, "lpn": None, "source": source, "target": self.site.place(target),
                "reason": None, "scans": [],
            },
            task=task,
        )  # fmt: skip
        self.two.push()


# --- the stories: what is told, and what ends it --------------------------------------------------


def too_much_came(hands: Hands) -> str:
    line = hands.site.line(hands.site.purchase_order("PO-1", (TEA, 10)), 1)
    hands.site.receive(hands.one, TEA, 12, po_line=line)
    hands.one.push()
    hands.notes["line"] = line
    return line


def surplus_apart(hands: Hands) -> None:
    hands.move(TEA, 2, DOCK, QUARANTINE, hands.notes["line"])


def receipt_untold(hands: Hands) -> str:
    """It is put away before anybody has told that it came."""
    hands.site.receive(hands.one, TEA, 4)
    hands.site.carry(hands.two, TEA, 4, DOCK, "A-01")
    hands.two.push()
    return f"{hands.site.place(DOCK)}|{hands.site.item(TEA)}|"


def told_at_last(hands: Hands) -> None:
    hands.one.push()


def into_a_blocked_bin(hands: Hands) -> str:
    lay(hands.site, hands.one, TEA, 4, "A-02")
    hands.site.carry(hands.one, TEA, 4, "A-02", "A-01")
    code = {"code": "A-01", "kind": "bin", "blocked": True}
    hands.site.done("locations.save_location", code)
    hands.one.push()
    return hands.site.place("A-01")


def elsewhere(hands: Hands) -> None:
    hands.move(TEA, 4, "A-01", "A-03")


def pallet_put_away_twice(hands: Hands) -> str:
    pallet = hands.notes["pallet"] = hands.site.lpn("U-1")
    hands.site.receive(hands.one, TEA, 4, lpn=pallet)
    hands.one.push()
    for device, target in ((hands.one, "A-01"), (hands.two, "A-02")):
        hands.notes["last"] = device.record(
            "putaway.put_away",
            {
                "goods": None, "lpn": pallet, "source": hands.site.place(DOCK),
                "target": hands.site.place(target), "reason": None, "scans": [],
            },
            task=pallet,
        )  # fmt: skip
        device.push()
    return pallet


def last_called_off(hands: Hands) -> None:
    call_off(hands.two, hands.notes["last"])
    hands.two.push()


def picked_for_nobody(hands: Hands) -> str:
    hands.site.stock(TEA, 10, "A-01")
    line = hands.order(TEA, 3)
    hands.pick(hands.one, TEA, 3)
    hands.site.done("ordering.cancel_order", {"number": "SO-1"})
    hands.one.push()
    return line


def all_put_back(hands: Hands) -> None:
    hands.take_out(TEA, 3, "A-01")


def both_picked(hands: Hands) -> str:
    hands.site.stock(TEA, 10, "A-01")
    line = hands.order(TEA, 3)
    for device in (hands.one, hands.two):
        hands.pick(device, TEA, 3)
        device.push()
    return line


def picked_after_it_left(hands: Hands) -> str:
    hands.site.stock(TEA, 10, "A-01")
    line = hands.order(TEA, 3)
    ship(hands.site, hands.two, hands.notes["order"])
    hands.two.push()
    hands.site.clock.pass_(1)
    hands.notes["last"] = hands.pick(hands.one, TEA, 3)
    hands.one.push()
    return line


def pick_called_off(hands: Hands) -> None:
    call_off(hands.one, hands.notes["last"])
    hands.one.push()


def held_picked(hands: Hands) -> str:
    piece = hands.notes["piece"] = derived(hands.site.item(DRILL), "D1")
    lay(hands.site, hands.one, DRILL, 1, "A-01", serial=piece)
    hands.one.push()
    asked = {"subject_kind": "serial", "subject": piece, "why": "recall", "note": None}
    hands.site.done("quality.hold", asked)
    line = hands.order(DRILL, 1)
    hands.one.record(
        "picking.pick",
        {
            "order_line": line, "goods": hands.site.goods(DRILL, 1, serial=piece),
            "source": hands.site.place("A-01"), "tote": hands.notes["tote"], "scans": [],
        },
    )  # fmt: skip
    hands.one.push()
    return line


def out_of_the_tote(hands: Hands) -> None:
    piece = hands.site.goods(DRILL, 1, serial=hands.notes["piece"], lpn=hands.notes["tote"])
    hands.move_goods(piece, None, QUARANTINE, None)


def held_shipped(hands: Hands) -> str:
    line = held_picked(hands)
    hands.site.clock.ms = time() * 1000  # the hold is of now, not of eight hours ago
    carry_unit(hands.site, hands.one, hands.notes["tote"], None, STAGE)
    ship(hands.site, hands.one, hands.notes["order"], hands.notes["tote"])
    hands.one.push()
    return line


def picked_from_nothing(hands: Hands) -> str:
    lay(hands.site, hands.one, TEA, 4, "A-01")
    hands.order(TEA, 3)
    hands.pick(hands.two, TEA, 3)
    hands.two.push()
    return f"{hands.site.place('A-01')}|{hands.site.item(TEA)}|"


def picked_from_nothing_ever(hands: Hands) -> str:
    """Nobody has anything to tell any more: it does not explain itself."""
    hands.order(TEA, 3)
    hands.pick(hands.two, TEA, 3)
    hands.two.push()
    hands.site.clock.pass_(30)
    beat(hands.one, hands.two)
    look(hands.site)
    return f"{hands.site.place('A-01')}|{hands.site.item(TEA)}|"


def counted(hands: Hands) -> None:
    hands.site.clock.pass_(1)
    hands.site.clock.ms = time() * 1000
    sheet = see(hands.site, hands.one, "A-01")
    hands.one.push()
    approve(hands.site, sheet)


def pallet_from_nowhere(hands: Hands) -> str:
    pallet = hands.site.lpn("U-1")
    lay(hands.site, hands.one, TEA, 4, "A-01", lpn=pallet)
    hands.one.push()
    carry_unit(hands.site, hands.one, pallet, "A-01", "A-02")
    hands.site.clock.pass_(1)
    carry_unit(hands.site, hands.two, pallet, "A-02", "A-03")
    hands.two.push()
    return pallet


def piece_from_nowhere(hands: Hands) -> str:
    piece = derived(hands.site.item(DRILL), "D1")
    lay(hands.site, hands.one, DRILL, 1, "A-01", serial=piece)
    hands.one.push()
    for device, source, target in ((hands.one, "A-01", "A-02"), (hands.two, "A-02", "A-03")):
        device.record(
            "moving.move",
            {
                "goods": hands.site.goods(DRILL, 1, serial=piece), "lpn": None,
                "source": hands.site.place(source), "target": hands.site.place(target),
                "reason": None, "scans": [],
            },
        )  # fmt: skip
        hands.site.clock.pass_(1)
    hands.two.push()
    return piece


def left_incomplete(hands: Hands) -> str:
    """One of three was in the tote; another picker has not told of the rest."""
    hands.site.stock(TEA, 10, "A-01")
    line = hands.order(TEA, 3)
    hands.pick(hands.two, TEA, 1)
    hands.pick(hands.one, TEA, 2)
    hands.site.clock.pass_(1)
    carry_unit(hands.site, hands.two, hands.notes["tote"], None, STAGE)
    ship(hands.site, hands.two, hands.notes["order"], hands.notes["tote"])
    hands.two.push()
    return line


def undone_before_told(hands: Hands) -> str:
    hands.notes["last"] = lay(hands.site, hands.one, TEA, 4, "A-01")
    call_off(hands.two, hands.notes["last"])
    hands.two.push()
    return hands.notes["last"]


def nothing_more(hands: Hands) -> None:
    """It stays in front of somebody."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    code: str
    story: Callable[[Hands], str]
    severity: str
    state: str  # settling, or open at once
    told: str  # in the answer; what depends on stock levels, or is derived later, is not
    work: tuple[str, str] | None
    mended: Callable[[Hands], None]
    closes: bool = True


ORDER = ("put_back", "SO-1")
COUNT = ("count_task", "A-01")
TABLE = (
    Row("over_receipt", too_much_came, "medium", "open", "told", ("follow_up", "set_aside"),
        surplus_apart, closes=False),
    Row("negative_stock", receipt_untold, "high", "settling", "silent", None, told_at_last),
    Row("rule_broken", into_a_blocked_bin, "medium", "open", "silent", ("follow_up", "relocate"),
        elsewhere),
    Row("duplicate_effort", pallet_put_away_twice, "low", "open", "silent", None, last_called_off),
    Row("pick_for_cancelled", picked_for_nobody, "medium", "open", "told", ORDER, all_put_back),
    Row("over_pick", both_picked, "medium", "open", "told", ORDER, all_put_back),
    Row("after_ship", picked_after_it_left, "high", "open", "silent", None, pick_called_off),
    Row("held_stock_picked", held_picked, "high", "open", "told", ("follow_up", "stop_ship"),
        out_of_the_tote),
    Row("held_stock_shipped", held_shipped, "high", "open", "silent", None, nothing_more,
        closes=False),
    Row("negative_stock", picked_from_nothing, "high", "settling", "silent", None, told_at_last),
    Row("negative_stock", picked_from_nothing_ever, "high", "open", "silent", COUNT, counted),
    Row("chain_gap", pallet_from_nowhere, "medium", "settling", "silent", None, told_at_last),
    Row("chain_gap", piece_from_nowhere, "medium", "settling", "silent", None, told_at_last),
    Row("short_shipped", left_incomplete, "low", "open", "silent", None, told_at_last),
    Row("void_waiting", undone_before_told, "low", "settling", "silent", None, told_at_last),
)  # fmt: skip


@pytest.fixture
def hands(site: Warehouse) -> Hands:
    return Hands(site, site.handheld("H1", "B1"), site.handheld("H2", "B2"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.code}-{row.story.__name__}")
def test_what_contradicts_is_told_to_whom_it_concerns(hands: Hands, row: Row) -> None:
    subject = row.story(hands)

    found = _exception(hands, row.code, subject)
    assert (found.severity, found.state) == (row.severity, row.state)
    settles = entry(row.code).settling
    assert settles == (row.state == "settling") or row.story is picked_from_nothing_ever
    codes = {code for each in (hands.one, hands.two) for code in _answered(each)}
    assert (row.code in codes) == (row.told == "told")
    work = row.work
    if work == COUNT:
        work = ("count_task", hands.site.place("A-01"))
    assert hands.work() == ({work} if work else set())

    row.mended(hands)

    ended = _exception(hands, row.code, subject)
    assert ended.state == ("closed" if row.closes else "open")
    if row.closes:
        assert ended.resolution == "settled"
    assert hands.work() == set()


def test_the_log_rebuilds_all_of_it(hands: Hands) -> None:
    """Holds, work done twice, surplus that was set aside, counts that nobody asked for."""
    for story in (too_much_came, pallet_put_away_twice, held_picked):
        story(hands)
    hands.site.clock.pass_(30)
    beat(hands.one, hands.two)
    look(hands.site)

    report = verify(hands.site.playbook, db.engine)

    assert report.differences == ()


def _answered(device: Handheld) -> set[str]:
    return {code for _, codes in answers(device).values() for code in codes}


def _exception(hands: Hands, code: str, subject: str) -> OpenException:
    with snapshot() as session:
        return session.get_one(OpenException, derived(hands.site.site, f"{code}|{subject}"))
