"""What was learned only after the picture of its moment had been called complete."""

from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.among import among
from app.documents.models import CountSheet
from app.ledger.models import Entry, PositionEntry
from app.pipeline.floor import Floor
from app.pipeline.operation import Derivation

FAMILY = "counted"  # places of which a settled count speaks
STANDING = ("finished", "approved")
NAMED = 20


def of_counted_places(floor: Floor, places: set[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Name what arrived from before a settled count of a place; the book of then is restated."""
    floor.write()
    late: dict[str, set[str]] = defaultdict(set)
    for place, operation in _arrived_since(floor.session, floor.site, places):
        late[place].add(operation)
    return {
        place: {"late_after_settled": {"operations": sorted(operations)[:NAMED]}}
        for place, operations in late.items()
    }


def _arrived_since(session: Session, site: str, places: set[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for made, holders in (
        (Entry, (Entry.holder,)),
        (PositionEntry, (PositionEntry.target, PositionEntry.source)),
    ):
        for holder in holders:
            rows = session.execute(
                select(CountSheet.place, made.operation)
                .join(made, holder == CountSheet.place)
                .where(
                    CountSheet.site == site,
                    made.site == site,
                    among(CountSheet.place, places),
                    CountSheet.state.in_(STANDING),
                    made.part == 0,
                    made.commit_seq > CountSheet.settled_seq,
                    made.eff_at < CountSheet.eff_at,
                )
            )
            found |= {(place, operation) for place, operation in rows}
    return found


LATE = Derivation(frozenset({"late_after_settled"}), of_counted_places)
