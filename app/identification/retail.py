"""What the EAN/UPC symbologies carry: a GTIN, in full or as UPC-E, perhaps with a composite."""

from app.identification.check_digits import expand_upc_e, has_check_digit
from app.identification.elements import read_elements
from app.identification.reading import Identified, Refused
from app.identification.summary import summarise

_EAN_8 = "]E4"
_COMPOSITE = "|]e0"
_FULL_LENGTHS = (12, 13, 14)
# UPC-E without number system and check digit, without check digit, and in full.
_SUPPRESSED_LENGTHS = (6, 7, 8)


def read_retail(text: str, symbology: str, year: int | None = None) -> Identified:
    """The GTIN, and the element string of the composite component printed above it."""
    linear, bar, composite = text.partition(_COMPOSITE)
    gtin = _gtin(linear, symbology)
    if not bar:
        return Identified(ok=True, kind="gtin", gtin14=gtin)
    return summarise("gs1", read_elements(composite), gtin14=gtin, year=year)


def _gtin(digits: str, symbology: str) -> str:
    if digits.strip("0123456789"):
        raise Refused("charset", "A GTIN has digits only.", kind="gtin")
    expected = (8,) if symbology == _EAN_8 else (*_FULL_LENGTHS, *_SUPPRESSED_LENGTHS)
    if len(digits) not in expected:
        raise Refused("length", "A GTIN does not have this many digits.", kind="gtin")
    full = digits if symbology == _EAN_8 or len(digits) in _FULL_LENGTHS else _expanded(digits)
    if not has_check_digit(full):
        raise Refused("check_digit", "The check digit of this GTIN is wrong.", kind="gtin")
    return full.zfill(14)


def _expanded(digits: str) -> str:
    full = expand_upc_e("0" + digits if len(digits) == min(_SUPPRESSED_LENGTHS) else digits)
    if full is None:
        raise Refused("check_digit", "This is not a valid UPC-E.", kind="gtin")
    return full
