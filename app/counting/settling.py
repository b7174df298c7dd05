"""What waits until everything from before it is known: finished counts, unexplained doubts."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, select, type_coerce
from sqlalchemy.orm import aliased

from app.documents.models import CountSheet
from app.kernel.clock import micros
from app.ledger.models import UnitPosition
from app.locations.models import Location
from app.pipeline.models import OpenException, StoredOperation

ID_LENGTH = 36
_under = aliased(Location)  # where the unit stands that holds the goods
_holder = func.substr(OpenException.subject, 1, ID_LENGTH)
# Below zero is a matter of one place; where a unit was, or what was undone, of the whole house.
ZONE_OF_DOUBT: ColumnElement[str | None] = case(
    (OpenException.family == "stock", func.coalesce(Location.zone, _under.zone))
)


def unsettled(site: str, *wanted: Any) -> Select[Any]:  # noqa: ANN401 - columns or a model
    """Ask for finished sheets of which it is not known that the picture is complete."""
    return (
        select(*wanted)
        .select_from(CountSheet)
        .join(Location, Location.id == CountSheet.place)
        .where(
            CountSheet.site == site,
            CountSheet.settled_through.is_(None),
            CountSheet.eff_at.is_not(None),
        )
        .order_by(CountSheet.id)
    )


def settling(site: str, *wanted: Any) -> Select[Any]:  # noqa: ANN401 - columns or a model
    """Ask for contradictions that something may still explain."""
    return (
        select(*wanted)
        .select_from(OpenException)
        .outerjoin(Location, Location.id == _holder)
        .outerjoin(UnitPosition, UnitPosition.unit == _holder)
        .outerjoin(_under, _under.id == UnitPosition.place)
        .outerjoin(
            StoredOperation,
            and_(
                StoredOperation.stream == OpenException.site,
                StoredOperation.operation == OpenException.operation,
                StoredOperation.alias.is_(False),
            ),
        )
        .where(OpenException.site == site, OpenException.state == "settling")
        .order_by(OpenException.id)
    )


SHEET_ENDS = type_coerce(CountSheet.eff_at, BigInteger) + CountSheet.u
DOUBT_ENDS = type_coerce(OpenException.opened_at, BigInteger) + func.coalesce(StoredOperation.u, 0)


def unsettled_by(site: str, zone: str | None, through: datetime) -> Select[Any]:
    """Ask for the sheets of a zone before which nothing can come any more."""
    query = unsettled(site, CountSheet).where(micros(through) >= SHEET_ENDS)
    return query.where(Location.zone.is_not_distinct_from(zone))


def settling_by(site: str, zone: str | None, through: datetime) -> Select[Any]:
    """Ask for the contradictions of a zone that nothing will explain any more."""
    query = settling(site, OpenException).where(micros(through) >= DOUBT_ENDS)
    return query.where(ZONE_OF_DOUBT.is_not_distinct_from(zone))
