"""From elements to an answer: the usual questions (which item, which lot, until when)."""

from app.identification.dates import iso_date
from app.identification.elements import judge_company
from app.identification.reading import Elements, Epc, Identified, Kind


def summarise(
    kind: Kind,
    elements: Elements,
    *,
    year: int | None = None,
    gtin14: str | None = None,
    epc: Epc | None = None,
) -> Identified:
    """Answer with these elements after judging the company they keep."""
    warnings = judge_company(elements)
    values = dict(elements)
    return Identified(
        ok=True,
        kind=kind,
        ais=elements,
        gtin14=values.get("01", gtin14),
        sscc=values.get("00"),
        serial=values.get("21"),
        lot=values.get("10"),
        expiry=_expiry(values, year),
        quantity=_quantity(values),
        epc=epc,
        warnings=warnings,
    )


def _expiry(values: dict[str, str], year: int | None) -> str | None:
    """Use-by date (17), else the date of an expiry with time (7003); best-before is neither."""
    digits = values.get("17") or values.get("7003")
    return iso_date(digits, year) if digits else None


def _quantity(values: dict[str, str]) -> int | None:
    digits = values.get("37") or values.get("30")
    return int(digits) if digits else None
