"""Between the parts of a pure-identity EPC and the GS1 key they stand for."""

import re
from dataclasses import dataclass

from app.identification.check_digits import check_digit, is_digits
from app.identification.reading import Elements, Refused
from app.identification.tables import CHARACTERS

_RESERVED = {character: f"%{ord(character):02X}" for character in '"%&/<>?'}
_ESCAPE = re.compile(r'%([0-9A-Fa-f]{2})|(["%&/<>?])')
# Digits of a reference beside a company prefix of 12, and characters of a serial.
_REFERENCE_DIGITS = {"sgtin": 1, "sscc": 5, "sgln": 0, "grai": 0}
_SERIAL_CHARS = {"sgtin": 20, "sgln": 20, "grai": 16}
_SHORTEST_PREFIX = 6
_LONGEST_PREFIX = 12
_LONGEST_ASSET = 30
NO_EXTENSION = "0"


@dataclass(frozen=True, slots=True)
class KeyParts:
    """Company prefix, reference and serial, as a pure-identity URI shows them."""

    key: str
    prefix: str
    reference: str
    serial: str | None

    def elements(self) -> Elements:
        """The element strings that say the same."""
        match self.key:
            case "sgtin":
                gtin = self.reference[0] + self.prefix + self.reference[1:]
                return (("01", gtin + check_digit(gtin)), ("21", self.serial or ""))
            case "sscc":
                sscc = self.reference[0] + self.prefix + self.reference[1:]
                return (("00", sscc + check_digit(sscc)),)
            case "sgln":
                gln = self.prefix + self.reference
                return location_elements(gln + check_digit(gln), self.serial or NO_EXTENSION)
            case "grai":
                asset = self.prefix + self.reference
                return (("8003", f"0{asset}{check_digit(asset)}{self.serial}"),)
            case _:
                return (("8004", self.prefix + self.reference),)

    def uri_parts(self) -> str:
        """`prefix.reference.serial`, escaped."""
        head = f"{self.prefix}.{escaped(self.reference)}"
        return head if self.serial is None else f"{head}.{escaped(self.serial)}"


def location_elements(gln: str, extension: str) -> Elements:
    """A GLN; the extension 0 stands for none."""
    if extension == NO_EXTENSION:
        return (("414", gln),)
    return (("414", gln), ("254", extension))


def escaped(text: str) -> str:
    if text.isalnum():
        return text
    return "".join(_RESERVED.get(character, character) for character in text)


def unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match[2]:
            raise Refused("epc_uri", "The EPC URI holds an unescaped character.", kind="epc")
        return chr(int(match[1], 16))

    return _ESCAPE.sub(character, text)


def parse_key_parts(key: str, text: str) -> KeyParts:
    """Read `prefix.reference.serial` of a URI and refuse what no such key can be."""
    pieces = text.split(".", 2 if key in _SERIAL_CHARS else 1)
    if len(pieces) != (3 if key in _SERIAL_CHARS else 2):
        raise Refused("epc_uri", "The EPC URI does not have the parts of its scheme.", kind="epc")
    serial = unescaped(pieces[2]) if key in _SERIAL_CHARS else None
    parts = KeyParts(key, pieces[0], unescaped(pieces[1]), serial)
    if not (_is_prefix(parts.prefix) and _is_reference(parts) and _is_serial(parts)):
        raise Refused("epc_uri", "A part of the EPC URI is not valid.", kind="epc")
    return parts


def _is_prefix(prefix: str) -> bool:
    return is_digits(prefix) and _SHORTEST_PREFIX <= len(prefix) <= _LONGEST_PREFIX


def _is_reference(parts: KeyParts) -> bool:
    reference = parts.reference
    if parts.key == "giai":
        room = _LONGEST_ASSET - len(parts.prefix)
        return is_text(reference) and len(reference) <= room
    length = _REFERENCE_DIGITS[parts.key] + _LONGEST_PREFIX - len(parts.prefix)
    return len(reference) == length and not reference.strip(CHARACTERS["N"])


def _is_serial(parts: KeyParts) -> bool:
    if parts.serial is None:
        return True
    return is_text(parts.serial) and len(parts.serial) <= _SERIAL_CHARS[parts.key]


def is_text(text: str) -> bool:
    """Something, in the characters GS1 allows."""
    return text != "" and not text.strip(CHARACTERS["X"])
