"""Positions of identity stock: the fold of their histories, kept as a projection."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.among import among, among_named, keys_text
from app.ledger.models import Anchor, AnchoredUnit, PositionEntry, UnitPosition, Voided
from app.ledger.postings import EffKey, Sighting, fold
from app.rows.prepared import Prepared

STANDING = Prepared(
    select(UnitPosition.place).where(among_named(UnitPosition.unit, "units")).distinct()
)


def refold(session: Session, site: str, variance: str, supplier: str, units: set[str]) -> None:
    """Fold the histories of these units anew and store where they stand."""
    histories, kinds = _histories(session, units)
    _add_absences(session, histories)
    session.execute(delete(UnitPosition).where(among(UnitPosition.unit, units)))
    rows = []
    for unit, sightings in histories.items():
        folded = fold(sightings, variance, supplier)
        if folded.place is None:
            continue
        kind, item = kinds[unit]
        rows.append(
            {
                "unit": unit,
                "site": site,
                "kind": kind,
                "item": item,
                "place": folded.place,
                "since": folded.since,
                "gaps": len(folded.gaps),
            }
        )
    if rows:
        session.execute(insert(UnitPosition), rows)


def standing_in(session: Session, units: set[str]) -> set[str]:
    """Name the places that hold these units now."""
    if not units:
        return set()
    return {place for (place,) in STANDING.rows(session, units=keys_text(units))}


def standing_before(session: Session, place: str, moment: EffKey) -> set[str]:
    """Name the units that stood there just before a moment, as known now."""
    seen_there = session.scalars(
        select(PositionEntry.unit).where(PositionEntry.target == place).distinct()
    )
    histories, _ = _histories(session, set(seen_there))
    _add_absences(session, histories)
    return {
        unit
        for unit, story in histories.items()
        if fold([told for told in story if told.key < moment], "", "").place == place
    }


def _histories(
    session: Session, units: Iterable[str]
) -> tuple[dict[str, list[Sighting]], dict[str, tuple[str, str | None]]]:
    histories: dict[str, list[Sighting]] = defaultdict(list)
    kinds: dict[str, tuple[str, str | None]] = {}
    rows = session.scalars(
        select(PositionEntry)
        .outerjoin(Voided, (Voided.cause == PositionEntry.operation) & Voided.applied)
        .where(among(PositionEntry.unit, list(units)), Voided.cause.is_(None))
        .execution_options(populate_existing=True)
    )
    for row in rows:
        kinds[row.unit] = (row.kind, row.item)
        histories[row.unit].append(
            Sighting(
                EffKey(row.eff_at, row.device, row.epoch, row.seq, row.part),
                row.what,
                row.target,
                row.source,
            )
        )
    return histories, kinds


def _add_absences(session: Session, histories: dict[str, list[Sighting]]) -> None:
    """A whole-place count that did not list a unit says that it was not there."""
    places = {sighting.target for story in histories.values() for sighting in story}
    if not places:
        return
    counts = session.scalars(
        select(Anchor).where(among(Anchor.holder, places), Anchor.item == "")
    ).all()
    if not counts:
        return
    listed = {
        (row.sheet, row.unit)
        for row in session.scalars(
            select(AnchoredUnit).where(AnchoredUnit.sheet.in_({c.sheet for c in counts}))
        )
    }
    for unit, story in histories.items():
        for count in counts:
            if (count.sheet, unit) not in listed:
                key = EffKey(count.eff_at, count.device, count.epoch, count.seq, 1)
                story.append(Sighting(key, "absent", count.holder))
