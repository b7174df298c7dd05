"""What must hold in the evening: the ledger beside the independent book."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from app.db import db, prepare, snapshot
from app.documents.models import CountSheet, SalesOrder, SalesOrderLine
from app.documents.standing import still_open
from app.ledger.models import Balance, Entry, UnitPosition
from app.pipeline.models import OpenException, StoredOperation
from app.proving.day.model import Model, Pile, Reckoning
from app.proving.day.play import Played
from app.proving.rebuild import verify
from app.work.models import PickTask

K = TypeVar("K")
V = TypeVar("V")
REFUSABLE = {"picking.take_work": ("picking.no_work",)}
SHOWN = 10


@dataclass
class Evidence:
    """What was found; `problems` is empty when the day holds."""

    problems: list[str] = field(default_factory=list)
    exceptions: Counter[str] = field(default_factory=Counter)
    operations: int = 0
    restated: int = 0

    def differ(self, what: str, expected: Mapping[K, V], found: Mapping[K, V]) -> None:
        """Say where two books part."""
        keys = [key for key in {**expected, **found} if expected.get(key) != found.get(key)]
        self.problems += [
            f"{what} {key}: expected {expected.get(key)}, found {found.get(key)}"
            for key in keys[:SHOWN]
        ]
        if len(keys) > SHOWN:
            self.problems.append(f"{what}: {len(keys) - SHOWN} more")


def check(played: Played, *, rebuild: bool = True) -> Evidence:
    """Compare everything that hands did with everything that was written down."""
    evidence = Evidence()
    model = played.floor.model
    sums = model.reckon()
    with snapshot() as session:
        _operations(evidence, session, played)
        _ledger(evidence, session, model, sums)
        _terms(evidence, session, model, sums)
        _variances(evidence, session, model, sums)
        _bins(evidence, session, played)
        _orders(evidence, session, model)
        _exceptions(evidence, session, played, sums)
    evidence.problems += [f"plan {plan}: never stored" for plan in played.floor.waiting]
    if rebuild:
        with _patient() as engine:
            report = verify(played.floor.house.playbook, engine)
        evidence.problems += [f"rebuild: {line}" for line in report.differences]
    return evidence


@contextmanager
def _patient() -> Iterator[Engine]:
    """Read the stored day while it is replayed: that takes longer than a request may idle."""
    if db.engine.dialect.name == "sqlite":
        yield db.engine
        return
    engine = create_engine(db.engine.url)
    prepare(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def _operations(evidence: Evidence, session: Session, played: Played) -> None:
    """No operation is lost, doubled, kept without effect, or stamped against its will."""
    rows = session.scalars(select(StoredOperation).where(StoredOperation.alias.is_(False))).all()
    stored = Counter(str(row.operation) for row in rows)
    written = Counter(
        str(json.loads(text)["id"])
        for worker in played.crew.values()
        for text in worker.device.queue
    )
    floor_ = {worker.device.id for worker in played.crew.values()}
    known = Counter(str(row.operation) for row in rows if row.device in floor_)
    evidence.differ("operation", dict(written), dict(known))
    evidence.differ(
        "decision",
        dict.fromkeys(played.desk.operations, 1),
        {name: stored[name] for name in played.desk.operations},
    )
    evidence.operations = len(rows)
    for row in rows:
        refused = row.outcome == "refused" and tuple(row.codes) == REFUSABLE.get(str(row.kind))
        if row.outcome not in ("applied", "flagged") and not refused:
            evidence.problems.append(f"{row.kind} {row.operation}: {row.outcome} {row.codes}")
        if row.clamped:
            evidence.problems.append(f"{row.kind} {row.operation}: its time was not believed")


def _ledger(evidence: Evidence, session: Session, model: Model, sums: Reckoning) -> None:
    """Every stock key and every position is what the independent book says."""
    found = {
        (row.holder, row.item, row.lot, row.status): row.quantity
        for row in session.scalars(select(Balance).where(Balance.quantity != 0))
    }
    evidence.differ("balance", {k: q for k, q in sums.book.items() if q}, found)
    entries = session.execute(
        select(Entry.holder, Entry.item, Entry.lot, Entry.status, func.sum(Entry.quantity))
        .group_by(Entry.holder, Entry.item, Entry.lot, Entry.status)
        .having(func.sum(Entry.quantity) != 0)
    )
    evidence.differ(
        "sum of entries", found, {(row[0], row[1], row[2], row[3]): int(row[4]) for row in entries}
    )
    positions = {row.unit: row.place for row in session.scalars(select(UnitPosition))}
    evidence.differ("position", sums.at, positions)


def _terms(evidence: Evidence, session: Session, model: Model, sums: Reckoning) -> None:
    """Per item: on hand = received − shipped ± adjustments, each from its own place."""
    ledger = _by_item(model, _held(session))
    expected = _by_item(
        model, ((sums.at.get(key[0], key[0]), key[1], q) for key, q in sums.book.items())
    )
    for item, terms in sorted(expected.items()):
        found = ledger.get(item, Counter())
        received, shipped = -found[model.supplier], found[model.customer]
        right = received - shipped - found[model.variance]
        if found["house"] != right or any(found[name] != terms[name] for name in terms):
            evidence.problems.append(f"item {item}: expected {dict(terms)}, found {dict(found)}")


def _held(session: Session) -> Iterator[tuple[str, str, int]]:
    """Yield (place, item, quantity): what is on a pallet or tote is where that stands."""
    rows = session.execute(
        select(UnitPosition.place, Balance.holder, Balance.item, Balance.quantity).outerjoin_from(
            Balance, UnitPosition, UnitPosition.unit == Balance.holder
        )
    )
    for place, holder, item, quantity in rows:
        yield place or holder, item, quantity


def _by_item(model: Model, held: Iterator[tuple[str, str, int]]) -> dict[str, Counter[str]]:
    outside = {model.supplier, model.customer, model.variance}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for place, item, quantity in held:
        found[item][place if place in outside else "house"] += quantity
    return found


def _variances(evidence: Evidence, session: Session, model: Model, sums: Reckoning) -> None:
    """What every approved count posted, net of restatements, is the true variance."""
    rows = session.execute(
        select(CountSheet.id, Entry.holder, Entry.item, Entry.lot, func.sum(Entry.quantity))
        .join_from(
            CountSheet,
            Entry,
            (Entry.eff_at == CountSheet.eff_at)
            & (Entry.device == CountSheet.device)
            & (Entry.seq == CountSheet.seq),
        )
        .where(Entry.part == 1, Entry.kind.in_(("adjust", "restate")))
        .group_by(CountSheet.id, Entry.holder, Entry.item, Entry.lot)
        .having(func.sum(Entry.quantity) != 0)
    )
    found = {
        (sheet, Pile(holder, item, lot)): int(quantity)
        for sheet, holder, item, lot, quantity in rows
        if holder != model.variance
    }
    evidence.differ("variance", dict(sums.variances), found)
    evidence.restated = (
        session.scalar(select(func.count()).select_from(Entry).where(Entry.kind == "restate")) or 0
    )


def _bins(evidence: Evidence, session: Session, played: Played) -> None:
    """In every counted bin the book is what hands find there."""
    model = played.floor.model
    contents = model.contents()
    counted = set(played.counted)
    book: Counter[tuple[str, Pile]] = Counter()
    rows = session.execute(
        select(UnitPosition.place, Balance).outerjoin_from(
            Balance, UnitPosition, UnitPosition.unit == Balance.holder
        )
    )
    for place, row in rows:
        if (place or row.holder) in counted:
            book[(place or row.holder, Pile(row.holder, row.item, row.lot))] += row.quantity
    there = {
        (place, pile): quantity
        for place in counted
        for pile, quantity in contents.get(place, {}).items()
    }
    evidence.differ("bin", there, {key: quantity for key, quantity in book.items() if quantity})


def _orders(evidence: Evidence, session: Session, model: Model) -> None:
    """Every line is shipped, short with a reason, or cancelled; nobody walks any more."""
    rows = session.execute(
        select(SalesOrderLine, SalesOrder)
        .join(SalesOrder, SalesOrder.id == SalesOrderLine.order)
        .where(SalesOrder.back_order_of.is_(None))
    ).all()
    evidence.differ("wanted", dict(model.wanted), {ln.id: ln.ordered for ln, _ in rows})
    evidence.differ(
        "picked",
        {k: q for k, q in model.picked.items() if q},
        {line.id: line.picked for line, _ in rows if line.picked},
    )
    for line, order in rows:
        if not line.ordered:
            continue  # postage and the like
        shipped = bool(order.shipments) and line.picked >= line.ordered
        missing = line.ordered - line.picked
        explained = missing == line.short - line.refound and model.short[line.id] > 0
        if order.cancelled != (order.id in model.cancelled):
            evidence.problems.append(f"order {order.number}: cancelled {order.cancelled}")
        if not (shipped or order.cancelled or (explained and not still_open(line))):
            evidence.problems.append(
                f"order {order.number} ({order.status}): {line.picked} of {line.ordered},"
                f" {line.short} short, {line.refound} found again"
            )
        if line.picked and not order.shipments:
            evidence.problems.append(f"order {order.number} ({order.status}): picked, not shipped")
    walked = session.scalars(select(PickTask).where(PickTask.state == "active")).all()
    evidence.problems += [f"task {task.id}: still walked" for task in walked]


def _exceptions(evidence: Evidence, session: Session, played: Played, sums: Reckoning) -> None:
    """What is open is what the trouble explains, subject by subject."""
    rows = session.scalars(select(OpenException).where(OpenException.state != "closed")).all()
    evidence.exceptions = Counter(row.code for row in rows)
    found = Counter((row.code, row.subject) for row in rows)
    evidence.differ("exception", _explained(played, sums), dict(found))


def _explained(played: Played, sums: Reckoning) -> dict[tuple[str, str], int]:
    model, house = played.floor.model, played.floor.house
    explained = [
        ("over_receipt", line)
        for line, quantity in model.received.items()
        if quantity > model.ordered[line]
    ]
    explained += [
        ("over_pick", line)
        for line, quantity in model.picked.items()
        if quantity > model.wanted[line]
    ]
    explained += [("chain_gap", unit) for unit in sums.gaps]
    outside = {model.supplier, model.variance}
    below = {key[:3] for key, q in sums.book.items() if q < 0 and key[0] not in outside}
    explained += [("negative_stock", "|".join(key)) for key in below]
    bins = {house.place(code) for code in (*house.bins, *house.overflow)}
    mixed: dict[str, set[str]] = defaultdict(set)
    for (holder, item, _, _), quantity in sums.book.items():
        place = sums.at.get(holder, holder)
        if quantity > 0 and place in bins:
            mixed[place].add(item)
    explained += [("rule_broken", place) for place, items in mixed.items() if len(items) > 1]
    return dict.fromkeys(explained, 1)
