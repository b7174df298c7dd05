"""Every row of the table of late facts, for every gesture of the floor that can tell it.

What is in test_late_facts.py is not told again: there each row is told by the gesture it names.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.db import snapshot
from app.kernel.ids import derived, uuid7
from app.locations.naming import alias_id
from app.pipeline.models import OpenException
from app.proving.handheld import JSON, Handheld, goods
from tests.operations.handling.test_late_facts import Hands, hands
from tests.operations.settling import beat, look, share_the_clock
from tests.properties.hands import answers, carry_unit, lay, see
from tests.warehouse import DOCK, DRILL, MILK, QUARANTINE, TEA, Warehouse

__all__ = ["hands"]  # the fixture
SSCC = "095210000000000019"
STRANGE = "HOUSE-77"
ALL_KINDS = (
    "receiving.receive_line", "receiving.receive_unit", "putaway.put_away", "moving.move",
    "picking.pick", "shipping.ship", "counting.count_line", "counting.finish_bin",
)  # fmt: skip


# --- gestures, by their kind ----------------------------------------------------------------------


def record(hands: Hands, device: Handheld, kind: str, payload: JSON, **how: object) -> str:
    return device.record(kind, {"scans": [], **payload}, **how)  # type: ignore[arg-type]


def receive_pallet(hands: Hands, device: Handheld, quantity: int, place: str = DOCK) -> str:
    site = hands.site
    return record(hands, device, "receiving.receive_unit", {
        "asn": None, "lpn": site.lpn(SSCC), "contents": [site.goods(TEA, quantity)],
        "target": site.place(place), "condition": "good", "reason": None, "photos": [],
    })  # fmt: skip


def announce(site: Warehouse, quantity: int, order: str | None = None) -> None:
    tea: JSON = {
        "item": site.item(TEA), "packaging": None, "lot": None, "expiry": None,
        "quantity": quantity,
    }  # fmt: skip
    site.done("purchasing.save_asn", {
        "number": "ASN-1", "supplier": None, "purchase_order": order,
        "units": [{"code": SSCC, "contents": [tea]}], "lines": [],
    })  # fmt: skip


def carry(hands: Hands, kind: str, sku: str, source: str, target: str, task: str | None) -> None:
    hands.site.carry(hands.two, sku, 4, source, target, kind=kind, task=task)
    hands.two.push()


# --- receive --------------------------------------------------------------------------------------


def pallet_beyond_the_order(hands: Hands, kind: str) -> None:
    order = hands.site.purchase_order("PO-1", (TEA, 10))
    hands.notes["line"] = hands.site.line(order, 1)
    announce(hands.site, 12, order)
    receive_pallet(hands, hands.one, 12)
    hands.one.push()


def surplus_off_the_pallet(hands: Hands) -> None:
    surplus = hands.site.goods(TEA, 2, lpn=hands.site.lpn(SSCC))
    hands.move_goods(surplus, None, QUARANTINE, hands.notes["line"])


def announced_anew(hands: Hands, kind: str) -> None:
    """The handheld was offline when the announcement was changed."""
    announce(hands.site, 12)
    receive_pallet(hands, hands.one, 12)
    announce(hands.site, 10)
    hands.one.push()


def under_a_strange_code(hands: Hands, kind: str) -> None:
    """Goods that nobody has named yet, in whatever hands do with them."""
    site = hands.site
    site.stock(TEA, 10, "A-01")
    strange = goods(alias_id(site.site, STRANGE), 2)
    there, target = site.place("A-01"), site.place("A-02")
    told: dict[str, JSON] = {
        "receiving.receive_line": {
            "po_line": None, "asn_line": None, "goods": strange, "target": site.place(DOCK),
            "condition": "good", "reason": None, "photos": [],
        },
        "putaway.put_away": {
            "goods": strange, "lpn": None, "source": there, "target": target, "reason": None,
        },
        "picking.pick": {
            "order_line": hands.order(TEA, 3), "goods": strange, "source": there,
            "tote": hands.notes["tote"],
        },
        "counting.count_line": {
            "sheet": derived(uuid7(), 1), "place": there, "goods": strange, "lpn": None,
        },
    }  # fmt: skip
    told["moving.move"] = told["putaway.put_away"]
    scans = [{"data": STRANGE, "symbology": "]C1"}]
    hands.one.record(kind, {**told[kind], "scans": scans})
    hands.one.push()


def named_at_last(hands: Hands) -> None:
    hands.site.done("identification.map_barcode", {
        "code": STRANGE, "target_kind": "item", "target": hands.site.item(TEA),
        "packaging": None, "scans": [],
    })  # fmt: skip


# --- put away and move ----------------------------------------------------------------------------


def before_its_receipt(hands: Hands, kind: str) -> None:
    hands.site.receive(hands.one, TEA, 4)
    carry(hands, kind, TEA, DOCK, "A-01", None)


def told_at_last(hands: Hands) -> None:
    hands.one.push()


def _rule(hands: Hands, **rule: object) -> None:
    hands.site.done("locations.save_location", {"code": "A-01", "kind": "bin", **rule})


def into_a_blocked_bin(hands: Hands, kind: str) -> None:
    _rule(hands, blocked=True)
    if kind == "receiving.receive_line":
        lay(hands.site, hands.two, TEA, 4, "A-01")
    elif kind == "receiving.receive_unit":
        receive_pallet(hands, hands.two, 4, "A-01")
    else:
        lay(hands.site, hands.two, TEA, 4, "A-02")
        carry(hands, kind, TEA, "A-02", "A-01", None)
    hands.two.push()


def into_a_full_bin(hands: Hands, kind: str) -> None:
    _rule(hands, max_units=3)
    lay(hands.site, hands.two, TEA, 4, "A-02")
    carry(hands, kind, TEA, "A-02", "A-01", None)


def among_other_goods(hands: Hands, kind: str) -> None:
    _rule(hands, no_mix_item=True)
    lay(hands.site, hands.two, MILK, 4, "A-01", lot=derived(hands.site.item(MILK), "L1"))
    lay(hands.site, hands.two, TEA, 4, "A-02")
    carry(hands, kind, TEA, "A-02", "A-01", None)


def elsewhere(hands: Hands) -> None:
    pallet = hands.site.at(hands.site.lpn(SSCC)) == hands.site.place("A-01")
    if pallet:
        carry_unit(hands.site, hands.two, hands.site.lpn(SSCC), "A-01", "A-03")
        hands.two.push()
    else:
        hands.move(TEA, 4, "A-01", "A-03")


def pallet_carried_twice(hands: Hands, kind: str) -> None:
    receive_pallet(hands, hands.one, 4)
    hands.one.push()
    for device, target in ((hands.one, "A-01"), (hands.two, "A-02")):
        hands.notes["last"] = record(hands, device, kind, {
            "goods": None, "lpn": hands.site.lpn(SSCC), "source": hands.site.place(DOCK),
            "target": hands.site.place(target), "reason": None,
        }, task=hands.site.lpn(SSCC))  # fmt: skip
        device.push()


def last_called_off(hands: Hands) -> None:
    payload: JSON = {"reason": None, "scans": []}
    hands.two.record("operations.void", payload, cause=hands.notes["last"])
    hands.two.push()


def pallet_from_nowhere(hands: Hands, kind: str) -> None:
    lay(hands.site, hands.one, TEA, 4, "A-01", lpn=hands.site.lpn(SSCC))
    hands.one.push()
    carry_unit(hands.site, hands.one, hands.site.lpn(SSCC), "A-01", "A-02")
    hands.site.clock.pass_(1)
    carry_unit(hands.site, hands.two, hands.site.lpn(SSCC), "A-02", "A-03", kind)
    hands.two.push()


def piece_from_nowhere(hands: Hands, kind: str) -> None:
    """A serial is picked from where nobody has told yet that it was brought."""
    site, piece = hands.site, derived(hands.site.item(DRILL), "D1")
    line = hands.order(DRILL, 1)
    lay(site, hands.one, DRILL, 1, "A-01", serial=piece)
    hands.one.push()
    drill = site.goods(DRILL, 1, serial=piece)
    record(hands, hands.one, "moving.move", {
        "goods": drill, "lpn": None, "source": site.place("A-01"), "target": site.place("A-02"),
        "reason": None,
    })  # fmt: skip
    site.clock.pass_(1)
    record(hands, hands.two, kind, {
        "order_line": line, "goods": drill, "source": site.place("A-02"),
        "tote": hands.notes["tote"],
    })  # fmt: skip
    hands.two.push()


def nothing_more(hands: Hands) -> None:
    """It stays in front of somebody."""


Story = Callable[[Hands, str], None]


@dataclass(frozen=True)
class Row:
    """One line of the table, for these gestures."""

    code: str
    story: Story
    kinds: tuple[str, ...]
    severity: str
    state: str
    told: str
    work: str | None
    mended: Callable[[Hands], None]
    closes: bool = True


CARRIED = ("putaway.put_away", "moving.move")
NAMED = ("receiving.receive_line", *CARRIED, "picking.pick", "counting.count_line")
BROUGHT = ("receiving.receive_line", "receiving.receive_unit", *CARRIED)
PICKED = ("picking.pick",)
UNIT = ("receiving.receive_unit",)
TABLE = (
    Row("over_receipt", pallet_beyond_the_order, UNIT, "medium", "open", "told", "set_aside",
        surplus_off_the_pallet, closes=False),
    Row("asn_changed", announced_anew, UNIT, "medium", "open", "told", None, nothing_more,
        closes=False),
    Row("unresolved_barcode", under_a_strange_code, NAMED, "high", "open", "told", None,
        named_at_last),
    Row("negative_stock", before_its_receipt, CARRIED, "high", "settling", "silent", None,
        told_at_last),
    Row("rule_broken", into_a_blocked_bin, BROUGHT, "medium", "open", "silent", "relocate",
        elsewhere),
    Row("rule_broken", into_a_full_bin, CARRIED, "medium", "open", "silent", "relocate",
        elsewhere),
    Row("rule_broken", among_other_goods, CARRIED, "medium", "open", "silent", "relocate",
        elsewhere),
    Row("duplicate_effort", pallet_carried_twice, CARRIED, "low", "open", "silent", None,
        last_called_off),
    Row("chain_gap", pallet_from_nowhere, CARRIED, "medium", "settling", "silent", None,
        told_at_last),
    Row("chain_gap", piece_from_nowhere, PICKED, "medium", "settling", "silent", None,
        told_at_last),
)  # fmt: skip
EACH = [(row, kind) for row in TABLE for kind in row.kinds]


@pytest.mark.parametrize(
    ("row", "kind"), EACH, ids=lambda x: x if isinstance(x, str) else f"{x.code}-{x.story.__name__}"
)
def test_whatever_gesture_tells_it(hands: Hands, row: Row, kind: str) -> None:
    row.story(hands, kind)

    found = one(row.code)
    assert (found.severity, found.state) == (row.severity, row.state)
    assert (row.code in told(hands)) == (row.told == "told")
    work = hands.work()
    assert {what for entity, what in work if entity == "follow_up"} == (
        {row.work} if row.work else set()
    )
    assert {entity for entity, _ in work} <= {"follow_up"}

    row.mended(hands)

    assert one(row.code).state == ("closed" if row.closes else "open")
    assert hands.work() == set()


# --- counts: what comes from before a count that was said to be complete --------------------------


def late_receipt(hands: Hands) -> None:
    lay(hands.site, hands.one, TEA, 4, "A-01")


def late_pallet(hands: Hands) -> None:
    receive_pallet(hands, hands.one, 4, "A-01")


def late_carry(kind: str) -> Callable[[Hands], None]:
    return lambda hands: carry_into_a_counted_bin(hands, kind)


def carry_into_a_counted_bin(hands: Hands, kind: str) -> None:
    hands.site.carry(hands.one, TEA, 4, "A-02", "A-01", kind=kind)


def late_pick(hands: Hands) -> None:
    hands.pick(hands.one, TEA, 3)


def late_void(hands: Hands) -> None:
    payload: JSON = {"reason": None, "scans": []}
    hands.one.record("operations.void", payload, cause=hands.notes["laid"])


LATE = {
    "receiving.receive_line": late_receipt,
    "receiving.receive_unit": late_pallet,
    "putaway.put_away": late_carry("putaway.put_away"),
    "moving.move": late_carry("moving.move"),
    "picking.pick": late_pick,
    "operations.void": late_void,
}


@pytest.mark.parametrize("kind", LATE)
@pytest.mark.parametrize("counted", ["counting.count_line", "counting.finish_bin"])
def test_what_is_from_before_a_settled_count_is_named(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, kind: str, counted: str
) -> None:
    """Of a bin in which goods were seen, and of one that was said to be empty."""
    site = hands.site
    share_the_clock(site, monkeypatch)
    for place in ("A-01", "A-02"):
        hands.notes["laid"] = lay(site, hands.one, TEA, 10, place)
    hands.notes["laid"] = lay(site, hands.one, TEA, 1, "A-01")
    hands.order(TEA, 3)
    hands.one.push()
    site.clock.pass_(1)
    LATE[kind](hands)
    site.clock.pass_(10)
    seen = [site.goods(TEA, 9)] if counted == "counting.count_line" else []
    sheet = see(site, hands.two, "A-01", goods=seen)
    hands.two.push()
    site.done(
        "devices.exclude", {"device": hands.one.id, "reason": "lost"}, actor=site.person("S1")
    )
    site.clock.pass_(30)
    beat(hands.two)
    look(site)

    hands.one.push()

    found = one("late_after_settled")
    assert (found.severity, found.state, found.subject) == ("medium", "open", site.place("A-01"))
    assert "late_after_settled" not in told(hands)
    assert found.detail["operations"]
    site.done("counting.approve", {"sheet": sheet, "note": None}, actor=site.person("S1"))
    assert site.on_hand(TEA, "A-01") == sum(each["quantity"] for each in seen)


def test_every_gesture_of_the_floor_is_in_the_table() -> None:
    covered = {kind for row in TABLE for kind in row.kinds} | set(LATE)
    covered |= {"counting.finish_bin"}  # the counts that something comes too late for
    covered |= {"shipping.ship"}  # in test_late_facts.py: short, held, with goods picked later
    assert set(ALL_KINDS) <= covered


def told(hands: Hands) -> set[str]:
    devices = (hands.one, hands.two)
    return {code for each in devices for _, codes in answers(each).values() for code in codes}


def one(code: str) -> OpenException:
    """The one contradiction of this code."""
    with snapshot() as session:
        (found,) = session.query(OpenException).where(OpenException.code == code).all()
        return found
