"""The two shapes every floor payload shares: what was handled, and what was scanned."""

from dataclasses import field
from datetime import date

from app.kernel.values import value
from app.ledger.postings import Holder, Status, place, unit
from app.pipeline.schema import Ident

REFUSED = "refused"


@value
class Scan:
    """One scan as it came from the scanner; `symbology` is the AIM id, or "keyed".

    "refused" = what was scanned there besides and holds no code: raw, evidence of nothing.
    """

    data: str = field(metadata={"max_length": 2_000})
    symbology: str | None = field(metadata={"max_length": 16})


@value
class Goods:
    """Goods in hand: `quantity` in base units; `lpn` names the holder, null = loose."""

    item: Ident
    packaging: Ident | None
    lot: Ident | None
    expiry: date | None
    serial: Ident | None
    lpn: Ident | None
    status: Status
    quantity: int = field(metadata={"least": 1, "most": 1_000_000_000})

    def holder(self, location: str) -> Holder:
        """Tell who holds these goods when they are at `location`."""
        return unit(self.lpn) if self.lpn else place(location)
