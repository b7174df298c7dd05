"""What hands do on the floor, in one line each, and ways to look at what came of it."""

import hashlib
import json
from collections import defaultdict
from typing import Any

from sqlalchemy import select

from app.counting.contesting import is_contested
from app.db import snapshot
from app.documents.models import CountSheet
from app.kernel.ids import derived, uuid7
from app.ledger.models import Balance, Entry, UnitPosition
from app.ledger.postings import StockKey
from app.pipeline.models import OpenException, StoredOperation
from app.proving.handheld import GENESIS, Handheld
from tests.warehouse import Warehouse


def lay(site: Warehouse, device: Handheld, sku: str, quantity: int, place: str, **over: Any) -> str:
    """Bring goods straight into a place."""
    return site.receive(device, sku, quantity, target=site.place(place), **over)


def carry_unit(
    site: Warehouse,
    device: Handheld,
    lpn: str,
    source: str | None,
    target: str,
    kind: str = "moving.move",
) -> str:
    return device.record(
        kind,
        {
            "goods": None,
            "lpn": lpn,
            "source": site.place(source) if source else None,
            "target": site.place(target),
            "reason": None,
            "scans": [],
        },
    )


def call_off(device: Handheld, cause: str | None) -> str:
    return device.record("operations.void", {"reason": None, "scans": []}, cause=cause)


def ship(site: Warehouse, device: Handheld, order: str, *units: str, goods: Any = ()) -> str:
    return device.record(
        "shipping.ship",
        {
            "order": order,
            "units": list(units),
            "goods": list(goods),
            "stage": site.place("STAGE-1"),
            "scans": [],
        },
    )


def see(site: Warehouse, device: Handheld, place: str, *units: str, goods: Any = ()) -> str:
    """Count a place: unopened units, and goods as given; then finish it."""
    first = uuid7()
    sheet = derived(first, 1)
    seen = [{"goods": None, "lpn": unit} for unit in units]
    seen += [{"goods": each, "lpn": None} for each in goods]
    for n, line in enumerate(seen):
        device.record(
            "counting.count_line",
            {"sheet": sheet, "place": site.place(place), "scans": [], **line},
            operation=first if n == 0 else None,
        )
    device.record(
        "counting.finish_bin",
        {"sheet": sheet, "place": site.place(place), "empty": not seen, "scans": []},
        operation=None if seen else first,
    )
    return sheet


def approve(site: Warehouse, sheet: str) -> None:
    site.done("counting.approve", {"sheet": sheet, "note": None}, actor=site.person("S1"))


def answers(device: Handheld) -> dict[int, tuple[str, tuple[str, ...]]]:
    return {n: (r["outcome"], tuple(r["codes"])) for n, r in sorted(device.results.items())}


def balances(*, but: frozenset[str] = frozenset()) -> dict[StockKey, int]:
    """What the projection says, without zeros."""
    with snapshot() as session:
        rows = session.scalars(select(Balance).where(Balance.quantity != 0))
        return {
            StockKey(row.holder, row.item, row.lot, row.status): row.quantity
            for row in rows
            if row.holder not in but
        }


def sums_of_entries() -> dict[StockKey, int]:
    """What the entries say, without zeros."""
    total: dict[StockKey, int] = defaultdict(int)
    with snapshot() as session:
        for row in session.scalars(select(Entry)):
            total[StockKey(row.holder, row.item, row.lot, row.status)] += row.quantity
    return {key: quantity for key, quantity in total.items() if quantity}


def positions() -> dict[str, tuple[str, int]]:
    with snapshot() as session:
        return {row.unit: (row.place, row.gaps) for row in session.scalars(select(UnitPosition))}


def open_codes() -> set[tuple[str, str]]:
    with snapshot() as session:
        rows = session.scalars(select(OpenException).where(OpenException.state != "closed"))
        return {(row.code, row.subject) for row in rows}


def contested_sheets() -> set[str]:
    """Counts during which somebody else may have had his hands in the bin."""
    with snapshot() as session:
        finished = CountSheet.eff_at.is_not(None)
        return set(session.scalars(select(CountSheet.id).where(finished, is_contested())))


def entries() -> list[Entry]:
    with snapshot() as session:
        return list(session.scalars(select(Entry).order_by(Entry.commit_seq, Entry.n)))


def log() -> list[StoredOperation]:
    with snapshot() as session:
        return list(
            session.scalars(
                select(StoredOperation).order_by(StoredOperation.stream, StoredOperation.commit_seq)
            )
        )


def stored(operation: str) -> StoredOperation:
    """The one row, aliases apart, of an operation."""
    (row,) = [row for row in log() if row.operation == operation and not row.alias]
    return row


def rewritten(device: Handheld, texts: list[str], epoch: int) -> list[str]:
    """Re-envelope pending operations for a new journal: only epoch, seq and prev change."""
    prev, out = GENESIS, []
    for seq, text in enumerate(texts, start=1):
        envelope = json.loads(text)
        envelope.update(epoch=epoch, seq=seq, prev=prev)
        new = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
        prev = hashlib.sha256(new.encode("utf-8", "surrogatepass")).hexdigest()
        out.append(new)
    device.epoch, device.queue, device.prev, device.sent = epoch, out, prev, 0
    device.results = {}
    return out


def rotate(device: Handheld, rotation: str, **over: Any) -> tuple[int, dict[str, Any]]:
    """Ask for a new journal."""
    body = {
        "rotation": rotation, "from_epoch": device.epoch, "reason": "clone", "lost": None,
        "head_seq": None, **over,
    }  # fmt: skip
    return device.call("POST", "/api/v1/sync/rotate", body)
