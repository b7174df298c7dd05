"""Under which code something is mapped: its GTIN where it carries one, else the exact string."""

from functools import lru_cache

from app.identification import Identified, Refused, identify, normalise
from app.pipeline.goods import REFUSED

LONGEST = 200  # a code that somebody maps; longer ones are documents, not labels


@lru_cache(maxsize=20_000)
def mapped_code(data: str, symbology: str | None) -> str | None:
    """Name what a scan would be mapped under; a lot or a date beside a GTIN is no part of it."""
    if symbology == REFUSED:
        return None
    carrier = None if symbology == "keyed" else symbology
    try:
        text, _ = normalise(data, carrier)
    except Refused:
        return None
    code = item_code(identify(data, carrier)) or text
    return code if 0 < len(code) <= LONGEST else None


def item_code(reading: Identified) -> str | None:
    """Name the trade item of a label: itself, or what is inside of it."""
    inside = next((value for code, value in reading.ais if code == "02"), None)
    return reading.gtin14 or inside
