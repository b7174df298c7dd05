"""What has happened, in the past tense; flows know each other only through this page."""

from datetime import date, datetime
from typing import Literal

from app.kernel.values import value


@value
class LotSeen:
    """Goods of a lot were handled; `codes` are the scans that may spell it out."""

    id: str
    item: str
    expiry: date | None
    scans: tuple[tuple[str, str | None], ...]


@value
class SerialSeen:
    """A single piece was handled; `judged` is its status where somebody said what it is worth."""

    id: str
    item: str
    scans: tuple[tuple[str, str | None], ...]
    judged: str | None = None


@value
class UnitSeen:
    """A handling unit was used."""

    id: str
    scans: tuple[tuple[str, str | None], ...]
    kind: Literal["unit", "tote"] = "unit"
    order: str | None = None


@value
class GoodsReceived:
    """Loose goods or the contents of a unit came in; `plan` names what they were expected as."""

    item: str
    quantity: int
    place: str
    status: str
    lpn: str | None
    plan: str | None


@value
class UnitReceived:
    """A whole announced pallet came in."""

    lpn: str
    place: str
    status: str


@value
class GoodsStored:
    """Goods or a unit were brought to a bin; `holder` is the unit that goods were taken out of."""

    lpn: str | None
    item: str | None
    quantity: int
    source: str | None
    place: str
    plan: str | None
    holder: str | None = None
    lot: str = ""
    serial: str | None = None
    effort: bool = False  # hands did the task that they name


@value
class GoodsPicked:
    """An order line was served, wholly or in part."""

    order_line: str
    source: str
    holder: str
    item: str
    lot: str
    quantity: int
    tote: str | None
    serial: str | None = None


@value
class PickedShort:
    """A picker found less than he was sent for."""

    order_line: str
    source: str
    missing: int


@value
class OrderShipped:
    """An order left, complete or not."""

    order: str


@value
class LineCounted:
    """Somebody saw goods or a unit while counting a place."""

    sheet: str
    place: str
    lpn: str | None
    holder: str | None
    item: str | None
    lot: str
    serial: str | None
    quantity: int


@value
class BinFinished:
    """A sheet is complete: its moment anchors the place."""

    sheet: str
    place: str
    empty: bool


@value
class CountDecided:
    """A supervisor approved or rejected a sheet."""

    sheet: str
    approved: bool


@value
class CountWanted:
    """Somebody shall count a place; after a count that is doubted it is another person.

    Lost: a handheld that worked there has lost its memory. Doubt: the book is below zero there.
    """

    place: str
    why: Literal["recount", "asked", "lost", "doubt"]
    note: str | None = None
    sheet: str | None = None  # the count that waits for this one


@value
class PersonVouched:
    """It is certain now who worked on a handheld without a proof."""

    person: str
    device: str


@value
class DocumentSaved:
    """A purchase order, ASN or order was created or changed."""

    kind: Literal["purchase_order", "asn", "sales_order"]
    id: str


@value
class RequisitionGranted:
    """Somebody in the house gets what he asked for; `lines` = (item, quantity)."""

    number: str
    for_whom: str
    wanted_by: datetime | None
    asked_at: datetime
    lines: tuple[tuple[str, int], ...]


@value
class Called:
    """An operation was called off: what it had told others no longer holds."""

    operation: str
    events: tuple[object, ...]
