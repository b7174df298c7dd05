"""A day through the screens: from the first pallet to the last parcel, by hands that scan and tap.

Twenty pallets (fourteen announced, six not) and a carton delivery with too many and broken ones,
a hundred orders, forty blind counts, three handhelds in three browsers, each with its own person,
role and wire. Goods have vanished from four bins and turned up in a fifth before anybody looked.
The day is compressed: gestures follow each other as fast as the screens allow. Thirty minutes of
an eight hours' day are 6.25 % of it, so the network is gone for at least that share of everybody's
gestures; the clocks are the machine's own, nothing is pretended about hours. Only on SQLite: the
same handhelds meet PostgreSQL in the shorter stories, and `tallyman day` on both.
"""

import faulthandler
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import func, select

from app.db import db, snapshot
from app.documents.models import CountSheet, SalesOrder, SalesOrderLine
from app.importing.cli import GOOD
from app.importing.cli import run as bring_in
from app.ledger.models import Balance
from app.people.sessions import set_secret
from app.pipeline.models import OpenException
from app.proving.day.report import goals
from app.proving.rebuild import verify
from tests.e2e.conftest import DESK, GiveScanner
from tests.e2e.house import House, Installation, Server, look_into, tallyman
from tests.e2e.long_day import (
    ANNOUNCED,
    LOOSE,
    NUMBERS,
    ORDERS,
    PEOPLE,
    Book,
    files,
    sku,
    wanted,
)
from tests.e2e.long_hands import BlindCounter, Hand, Picker, Receiver, Shift
from tests.e2e.office import Desk

PIN, PASSWORD = "471108", "a day in the house"
OUTAGE, COUNTS = 30 / 480, 40
LONGEST_S = 1200  # on a machine that does much else


@pytest.fixture(autouse=True)
def patience() -> None:
    """A whole day takes longer than a story that hangs is given."""
    faulthandler.dump_traceback_later(LONGEST_S, exit=True, file=sys.__stderr__ or sys.stderr)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """A small site of its own, brought in by files."""
    home = tmp_path / "home"
    made = Installation(home, f"sqlite:///{home / 'tallyman.db'}", PIN, PASSWORD)
    tallyman(made, "init", "DAY", "A day's warehouse")
    with look_into(made):
        for kind, content in files().items():
            file = tmp_path / f"{kind}.csv"
            file.write_text(content, "utf-8")
            assert bring_in(kind, file) == GOOD, kind
    return made


@pytest.fixture
def crew(
    house: House, installation: Installation, scanner: GiveScanner
) -> tuple[Receiver, Picker, BlindCounter]:
    """A receiver, a picker and a counter, each with a handheld; a supervisor with a password."""
    pepper = (installation.home / "secret").read_text().strip()
    for badge in ("B-1", "B-2", "B-3"):
        set_secret(pepper, house.person(badge), pin=PIN)
    set_secret(pepper, house.person("B-9"), username="sam", password=PASSWORD)
    assert len(PEOPLE) == len(("B-1", "B-2", "B-3", "B-9"))
    book = Book()
    return (
        Receiver(scanner("B-1"), book),
        Picker(scanner("B-2"), book),
        BlindCounter(scanner("B-3"), book),
    )


def together(*shifts: Shift) -> None:
    """Everybody works at once, gesture by gesture in turn."""
    busy = list(shifts)
    while busy:
        for shift in list(busy):
            try:
                next(shift)
            except StopIteration:
                busy.remove(shift)


def several(*shifts: Shift) -> Shift:
    """One after the other."""
    for shift in shifts:
        yield from shift


def morning(rosa: Receiver, paul: Picker, cora: BlindCounter, bins: list[str]) -> None:
    """Most of the trucks; the first orders one by one; a few counts."""
    early, strange = rosa.book.pallets[:8], rosa.book.pallets[len(ANNOUNCED) :]
    together(
        several(rosa.announced(early), rosa.strangers(strange), rosa.cartons()),
        several(*(paul.work(1) for _ in range(10))),
        cora.count(bins[:10]),
    )
    rosa.scanner.pulled()
    together(several(rosa.put_away([*early, *strange]), rosa.store_cartons()))


def outage(rosa: Receiver, paul: Picker, cora: BlindCounter, bins: list[str]) -> None:
    """Twenty orders are in Paul's hands when the network goes; everybody works on."""
    late = rosa.book.pallets[8 : len(ANNOUNCED)]
    taken = paul.take(20)
    crew = (rosa, paul, cora)
    for hand in crew:
        hand.scanner.sent_and_fetched()
        hand.lose_the_network()
    paul.scanner.door("pick")
    together(
        several(rosa.announced(late), rosa.put_away(late)),
        paul.walk(taken, cluster=True),
        cora.count(bins[10:25]),
    )
    for hand in crew:
        assert hand.scanner.at("queue-badge").get_attribute("data-state") != "sent"
        hand.find_the_network()
        hand.scanner.drained()


def afternoon(rosa: Receiver, paul: Picker, cora: BlindCounter, bins: list[str]) -> None:
    """The rest: orders ten at a time, and the bins with the day's pallets."""
    paul.scanner.pulled()
    standing = sorted({p.place for p in rosa.book.pallets if p.place})
    later = [*bins[25:], *(place for place in standing if place not in bins)][: COUNTS - 25]
    together(several(*(paul.work(10) for _ in range(8))), cora.count(later))
    for hand in (rosa, paul, cora):
        hand.scanner.drained()


def approve_everything(sam: Desk) -> None:
    """The supervisor judges every count that the system does not approve by itself meanwhile."""
    sam.at("desk-counts").click()
    expect(sam.at("how-complete")).to_be_visible()  # asked for when the sheets have come
    while sam.at("count-sheet").count():
        place = sam.at("count-sheet").first.inner_text().split()[0]
        sam.at("approve").first.click()
        expect(sam.at("count-sheet").filter(has_text=f"{place} ")).to_have_count(0)


def approved_sheets() -> int:
    with snapshot() as session:
        sheets = select(func.count()).where(CountSheet.state == "approved")
        return int(session.scalar(sheets) or 0)


def test_a_day_through_the_screens(
    crew: tuple[Receiver, Picker, BlindCounter],
    new_context: Callable[..., BrowserContext],
    server: Server,
    house: House,
    record_property: Callable[[str, object], None],
) -> None:
    """Everything is shipped or short with a reason, and the ledger is what hands did."""
    bins = [f"A-{n:02d}" for n in LOOSE]
    morning(*crew, bins)
    outage(*crew, bins)
    afternoon(*crew, bins)
    page = new_context(viewport=DESK, has_touch=False).new_page()
    sam = Desk(page, f"http://127.0.0.1:{server.port}/").sign_in("sam", PASSWORD)
    approve_everything(sam)
    assert approved_sheets() == COUNTS

    book = crew[0].book
    for line in told(crew):
        record_property("gestures", line)
        print(line)  # noqa: T201 - the figures are the point; `-rP` shows them
    for hand in crew:
        house.assert_holds_once(hand.scanner.journal())
        assert hand.unheard >= OUTAGE * hand.gestures
    assert max(hand.unheard for hand in crew) > 100
    check_orders(house, book)
    check_stock(house, book, bins)
    assert open_exceptions() == Counter({"over_receipt": 1})
    assert verify(house.playbook, db.engine).differences == ()


def open_exceptions() -> Counter[str]:
    """What a supervisor must look at: only that one carton line was too many is explained."""
    with snapshot() as session:
        rows = session.scalars(select(OpenException).where(OpenException.state != "closed"))
        return Counter(row.code for row in rows)


def check_orders(house: House, book: Book) -> None:
    """Of every line, what was picked left the house and the rest is short for a reason."""
    with snapshot() as session:
        rows = session.execute(
            select(SalesOrder, SalesOrderLine)
            .join(SalesOrderLine, SalesOrderLine.order == SalesOrder.id)
            .where(SalesOrder.back_order_of.is_(None))
        ).all()
    found = {(int(o.number[-3:]), ln.item): (ln.ordered, ln.picked, ln.short) for o, ln in rows}
    away = {int(order.number[-3:]) for order, _ in rows if order.shipments}
    assert away == book.shipped
    none = Counter[int]()
    expected = {
        (order, house.item(sku(n))): (
            pieces,
            book.picked.get(order, none)[n],
            book.short.get(order, none)[n],
        )
        for order in range(1, ORDERS + 1)
        for n, pieces in wanted(order).items()
    }
    assert found == expected
    assert all(ordered == picked + short for ordered, picked, short in found.values())
    assert sum(sum(each.values()) for each in book.short.values()) > 0


def check_stock(house: House, book: Book, bins: list[str]) -> None:
    """On hand is what the independent book says, in the house and in every bin; nothing else."""
    with snapshot() as session:
        total: int = session.scalar(select(func.sum(Balance.quantity))) or 0
    assert total == 0
    for n in NUMBERS.values():
        assert house.on_hand(sku(n)) == book.on_hand(n), sku(n)
        places = {*bins, *(p.place for p in book.pallets if p.place)}
        for place in sorted(places):
            assert house.on_hand(sku(n), place) == book.there(place, n), (sku(n), place)
    assert house.on_hand(sku(2), "DOCK-1", "damaged") == 2


def told(crew: tuple[Hand, ...]) -> Iterator[str]:
    """What a line cost, beside its goal."""
    lines: dict[str, Counter[str]] = {}
    for hand in crew:
        for kind, cost in hand.lines.items():
            lines.setdefault(kind, Counter()).update(cost)
    for kind, cost in sorted(lines.items()):
        each = ", ".join(
            f"{cost[name] / cost['lines']:.2f} {name}" for name in ("scans", "taps", "numbers")
        )
        yield f"{kind:<30} {cost['lines']:>4} × {each} (goal {goals().get(kind, '-')})"
    unheard = sum(hand.unheard for hand in crew)
    yield f"{sum(hand.gestures for hand in crew)} gestures, {unheard} of them in the outage"
