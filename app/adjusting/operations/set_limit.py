"""Decide how much one person may correct alone."""

from dataclasses import dataclass, field
from decimal import Decimal

from app.adjusting.correcting import ROLES
from app.adjusting.problems import BadLimit
from app.adjusting.rules import SETTING, Limit
from app.kernel.money import NotMoney, amount
from app.locations.models import Site
from app.pipeline.floor import Floor
from app.pipeline.operation import Kind, Operation, Outcome

MOST = 1_000_000_000


@dataclass(frozen=True, slots=True)
class SetLimit:
    """Payload of `stock.set_limit`; null = no limit. `value` is a decimal, as text."""

    pieces: int | None = field(metadata={"least": 0, "most": MOST})
    value: str | None = field(metadata={"min_length": 1, "max_length": 20})


def set_limit(floor: Floor, operation: Operation[SetLimit]) -> Outcome:
    """Hold from the next correction on; what waits goes on waiting."""
    asked = operation.payload
    limit = Limit(asked.pieces, _value(asked.value))
    site = floor.get(Site, floor.site)
    site.settings = {**site.settings, SETTING: limit.as_setting()}
    floor.touch(site)
    return Outcome()


def _value(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        value = amount(text)
    except NotMoney as error:
        raise BadLimit(value=text) from error
    if value < 0:
        raise BadLimit(value=text)
    return value


KIND = Kind(
    "stock.set_limit",
    SetLimit,
    set_limit,
    fact=False,
    roles=ROLES,
    subject=lambda payload: "adjustment_limit",  # noqa: ARG005 - there is one a site
    alone=True,
)
