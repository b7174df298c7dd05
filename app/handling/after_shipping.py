"""What hands did to an order after it had left: when it happened counts, not when it synced."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.ledger.models import Voided
from app.ledger.postings import EffKey
from app.pipeline.floor import Floor
from app.pipeline.models import StoredOperation

POSTED = ("applied", "flagged")
Codes = dict[str, dict[str, Any]]


def after_shipping(floor: Floor, shipped: Mapping[str, str]) -> dict[str, Codes]:
    """Per line of a shipped order: picks, and voids of picks, later than its shipment."""
    if not shipped:
        return {}
    left = _shipments(floor, set(shipped.values()))
    found: dict[str, Codes] = defaultdict(dict)
    for code, moments in (
        ("after_ship", _picks(floor, set(shipped))),
        ("void_after_use", _voided_picks(floor, set(shipped))),
    ):
        for line, key in moments:
            order = shipped[line]
            if order in left and key > left[order]:
                detail = found[line].setdefault(code, {"picks": 0})
                detail["picks"] += 1
    return found


def _key(row: StoredOperation) -> EffKey:
    return EffKey(row.eff_at, row.device, row.epoch, row.seq)


def _shipments(floor: Floor, orders: set[str]) -> dict[str, EffKey]:
    """When each order first left the house."""
    first: dict[str, EffKey] = {}
    for row in standing(floor, "shipping.ship", orders):
        order = str(row.subject)
        first[order] = min(_key(row), first.get(order, _key(row)))
    return first


def _picks(floor: Floor, lines: set[str]) -> list[tuple[str, EffKey]]:
    return [(str(row.subject), _key(row)) for row in standing(floor, "picking.pick", lines)]


def standing(floor: Floor, kind: str, subjects: set[str]) -> list[StoredOperation]:
    """What was posted and not called off."""
    return list(
        floor.session.scalars(
            select(StoredOperation)
            .outerjoin(Voided, (Voided.cause == StoredOperation.operation) & Voided.applied)
            .where(
                StoredOperation.stream == floor.site,
                StoredOperation.kind == kind,
                StoredOperation.subject.in_(subjects),
                StoredOperation.alias.is_(False),
                StoredOperation.outcome.in_(POSTED),
                Voided.cause.is_(None),
            )
        )
    )


def _voided_picks(floor: Floor, lines: set[str]) -> list[tuple[str, EffKey]]:
    void = aliased(StoredOperation)
    rows = floor.session.execute(
        select(StoredOperation.subject, void)
        .join(Voided, (Voided.cause == StoredOperation.operation) & Voided.applied)
        .join(void, void.operation == Voided.operation)
        .where(
            StoredOperation.stream == floor.site,
            StoredOperation.kind == "picking.pick",
            StoredOperation.subject.in_(lines),
            StoredOperation.alias.is_(False),
            StoredOperation.outcome.in_(POSTED),
            void.alias.is_(False),
        )
    )
    return [(str(line), _key(row)) for line, row in rows]
