"""The way of a scan: cleaned, then offered to one reader after the other in a fixed order."""

import re
from collections.abc import Callable

from app.identification.check_digits import expand_upc_e, has_check_digit, is_digits
from app.identification.digital_link import read_link
from app.identification.elements import GS, read_bracketed, read_elements
from app.identification.epc import has_epc_header, hex_digits, raw_tag, read_tag, read_uri
from app.identification.internal import read_internal
from app.identification.reading import DEFAULT, Identified, Profile, Refused
from app.identification.retail import read_retail
from app.identification.summary import summarise
from app.identification.tables import (
    ELEMENT_SYMBOLOGIES,
    IDENTIFIERS,
    RETAIL_SYMBOLOGIES,
    TEXT_SYMBOLOGIES,
)

_LONGEST = 512
_EDGES = "\0\r\n\t"
_STAND_INS = ("<GS>", "{GS}", "\u241d")
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_CONTROL = re.compile(r"[\x00-\x1c\x1e\x1f\x7f]")
_BRACKET = re.compile(r"\([0-9]{2,4}\)")
_GTIN_LENGTHS = (8, 12, 13, 14)
_SSCC_LENGTH = 18


def identify(data: str, symbology: str | None = None, profile: Profile = DEFAULT) -> Identified:
    """Say what a scan is. Never raises: what cannot be read is answered with `ok: false`."""
    try:
        text, carrier = normalise(data, symbology, profile)
        return _route(text, carrier, profile)
    except Refused as refused:
        return _refusal(refused)


def normalise(
    data: str, symbology: str | None = None, profile: Profile = DEFAULT
) -> tuple[str, str | None]:
    """The exact string to look up among aliases, and the symbology it came in.

    Raises `Refused` for what no scanner of goods delivers: other scripts, control
    characters, nothing at all, more than 512 characters.
    """
    text = _without_additions(data.strip(_EDGES), profile).strip(_EDGES)
    for stand_in in (*_STAND_INS, *profile.stand_ins):
        text = text.replace(stand_in, GS)
    if not text.isascii():
        raise Refused("not_ascii", "The scan holds characters that are not ASCII.")
    if len(text) > _LONGEST:
        raise Refused("too_long", f"The scan has more than {_LONGEST} characters.")
    if _CONTROL.search(text):
        raise Refused("control_character", "The scan holds control characters.")
    return _without_symbology(text, symbology or None)


def _without_additions(text: str, profile: Profile) -> str:
    return text.removeprefix(profile.prefix).removesuffix(profile.suffix)


def _without_symbology(text: str, symbology: str | None) -> tuple[str, str | None]:
    """Strip an AIM identifier, unless the scanner itself says the symbology is another."""
    if _SYMBOLOGY.match(text) and symbology in (None, text[:3]):
        return text[3:], text[:3]
    return text, symbology


def _route(text: str, symbology: str | None, profile: Profile) -> Identified:
    found = _read_marked(text, symbology, profile.year)
    if found is None:
        found = read_internal(text, profile.own_prefixes)
    if found is None:
        found = _read_carried(text, symbology, profile.year)
    return found or _read_plain(text, symbology, profile.year)


def _read_marked(text: str, symbology: str | None, year: int | None) -> Identified | None:
    """What its first characters give away."""
    scheme = text[:8].lower()
    if scheme.startswith(("http://", "https://")):
        return read_link(text, year)
    if scheme == "urn:epc:":
        return read_uri(text, year)
    if text.startswith("(") and (symbology not in TEXT_SYMBOLOGIES or _BRACKET.match(text)):
        return summarise("gs1", read_bracketed(text), year=year)
    return None


def _read_carried(text: str, symbology: str | None, year: int | None) -> Identified | None:
    """What its symbology, or a separator in front, says it must be."""
    if symbology in ELEMENT_SYMBOLOGIES or text.startswith(GS):
        return summarise("gs1", read_elements(text), year=year)
    if symbology is not None and symbology in RETAIL_SYMBOLOGIES:
        return read_retail(text, symbology, year)
    return None


def _read_plain(text: str, symbology: str | None, year: int | None) -> Identified:
    """No carrier and no mark says what this is: it must say so itself, in one way only."""
    found = _read_unmarked(text, year)
    if not found.ok and symbology in TEXT_SYMBOLOGIES:
        return Identified(ok=True, kind="unknown")
    return found


def _read_unmarked(text: str, year: int | None) -> Identified:
    if is_digits(text) and len(text) in _GTIN_LENGTHS:
        return _gtin(text)
    if GS in text:
        return _separated(text, year)
    readings = [found for read in _READERS if (found := read(text, year)) is not None]
    accepted = _different([reading for reading in readings if reading.ok])
    if len(accepted) > 1:
        return _ambiguous(accepted)
    if readings:
        return (accepted or readings)[0]
    return _refusal(Refused("unknown", "Nothing here says what this is."))


def _refusal(refused: Refused) -> Identified:
    return Identified(ok=False, kind=refused.kind, error=refused.refusal)


def _separated(text: str, year: int | None) -> Identified:
    try:
        return summarise("gs1", read_elements(text), year=year)
    except Refused as refused:
        return _refusal(refused)


def _gtin(digits: str) -> Identified:
    """Eight digits may be an EAN-8 or a UPC-E; both check out for some numbers."""
    upc = expand_upc_e(digits) if len(digits) == min(_GTIN_LENGTHS) else None
    readings = []
    if has_check_digit(digits):
        readings.append(Identified(ok=True, kind="gtin", gtin14=digits.zfill(14)))
    if upc is not None and upc.zfill(14) not in [found.gtin14 for found in readings]:
        warned = ("identification.upc_e",)
        readings.append(Identified(ok=True, kind="gtin", gtin14=upc.zfill(14), warnings=warned))
    if not readings:
        wrong = "The check digit of this GTIN is wrong."
        return _refusal(Refused("check_digit", wrong, kind="gtin"))
    return readings[0] if len(readings) == 1 else _ambiguous(readings)


def _different(readings: list[Identified]) -> list[Identified]:
    """One of each: two readings are the same if they name the same thing."""
    named = {(found.gtin14, found.serial, found.sscc, found.ais): found for found in readings}
    return list(named.values())


def _ambiguous(readings: list[Identified]) -> Identified:
    return Identified(ok=True, kind="ambiguous", readings=tuple(readings))


def _sscc(text: str, _year: int | None) -> Identified | None:
    if len(text) != _SSCC_LENGTH or not is_digits(text):
        return None
    if has_check_digit(text):
        return Identified(ok=True, kind="sscc", sscc=text)
    return _refusal(Refused("check_digit", "The check digit of this SSCC is wrong.", kind="sscc"))


def _elements(text: str, year: int | None) -> Identified | None:
    """Without any mark only a verified key inside shows that this is an element string."""
    try:
        elements = read_elements(text)
        if any(_is_verified(code) for code, _ in elements):
            return summarise("gs1", elements, year=year)
    except Refused:
        return None
    return None


def _is_verified(code: str) -> bool:
    return any("check" in part.rules for part in IDENTIFIERS[code].parts)


def _tag(text: str, year: int | None) -> Identified | None:
    digits = hex_digits(text)
    if digits is None:
        return None
    if not has_epc_header(digits):
        return raw_tag(digits)
    try:
        return read_tag(digits, year)
    except Refused as refused:
        return Identified(ok=False, kind="epc", error=refused.refusal)


_READERS: tuple[Callable[[str, int | None], Identified | None], ...] = (_sscc, _tag, _elements)
