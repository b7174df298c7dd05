"""GS1 Digital Link URIs, and telling them from other web addresses."""

import re

from app.identification.check_digits import has_check_digit
from app.identification.reading import Elements, Identified, Refused
from app.identification.summary import summarise
from app.identification.tables import IDENTIFIERS
from app.identification.values import check_value, identifier

_LINK = re.compile(r"https?://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE)
_HOST = re.compile(r"(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
_ILLEGAL = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f]')
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|(%)")
_COMPRESSED = re.compile(r"[A-Za-z0-9_-]{10,}")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_SHORT_GTINS = (8, 12, 13)
_LAST_PORT = 65535


def read_link(text: str, year: int | None = None) -> Identified:
    """A Digital Link if the path holds a primary key, else a plain address (refused as such)."""
    parts = _LINK.fullmatch(text)
    if parts is None or _ILLEGAL.search(text) or not _is_host(parts[1]):
        raise Refused("url", "This is not a well-formed web address.", kind="url")
    segments = parts[2].split("/")[1:]
    at = _primary_key(segments)
    if at is None:
        raise _without_key(segments)
    path = _path_elements(segments[at:])
    return summarise("digital_link", path + _query_elements(parts[3] or "", path), year=year)


def _is_host(host: str) -> bool:
    match = _HOST.fullmatch(host)
    return match is not None and int(match[1] or 0) <= _LAST_PORT


def _primary_key(segments: list[str]) -> int | None:
    """The right-most segment that is a primary key followed by whole pairs."""
    for at in range(len(segments) - 2, -1, -2):
        ai = IDENTIFIERS.get(segments[at])
        if ai is not None and ai.qualifiers is not None:
            return at
    return None


def _without_key(segments: list[str]) -> Refused:
    if segments and _is_compressed(segments[-1]):
        return Refused(
            "compressed_link",
            "This is a compressed GS1 Digital Link; they are not supported.",
            kind="url",
        )
    return Refused("url", "This web address is not a GS1 Digital Link.", kind="url")


def _is_compressed(segment: str) -> bool:
    """A segment that decodes to AI 01 or 00 with a valid check digit."""
    if not _COMPRESSED.fullmatch(segment):
        return False
    bits = "".join(f"{_ALPHABET.index(character):06b}" for character in segment)
    width, digits = {"00000001": (47, 14), "00000000": (60, 18)}.get(bits[:8], (0, 0))
    if not width or len(bits) < 8 + width:
        return False
    key = str(int(bits[8 : 8 + width], 2)).zfill(digits)
    return len(key) == digits and has_check_digit(key)


def _path_elements(segments: list[str]) -> Elements:
    elements = tuple(
        _element(code, raw) for code, raw in zip(segments[::2], segments[1::2], strict=True)
    )
    chain = [code for code, _ in elements[1:]]
    orders = identifier(elements[0][0]).qualifiers or ()
    if chain and not any(_in_order(chain, order) for order in orders):
        raise Refused("qualifier", "The path holds what may not follow this key.", kind="url")
    return elements


def _in_order(chain: list[str], order: tuple[str, ...]) -> bool:
    """Whether the chain picks from the order without going back."""
    rest = iter(order)
    return all(code in rest for code in chain)


def _query_elements(query: str, path: Elements) -> Elements:
    elements = []
    for pair in re.split("[&;]", query):
        name, equals, raw = pair.partition("=")
        if not equals or name.strip("0123456789") or not name:
            continue
        if "+" in raw:
            raise Refused("escape", "A plus sign in the query must be escaped.", kind="url")
        if not identifier(name).attribute or _belongs_in_path(name, path):
            raise Refused("qualifier", f"({name}) may not be in the query.", kind="url")
        elements.append(_element(name, raw))
    return tuple(elements)


def _belongs_in_path(name: str, path: Elements) -> bool:
    """Whether it could stand among the qualifiers this path has: then that is its only place."""
    (key, _), *chain = path
    there = {name, *(code for code, _ in chain)}
    return any(there.issubset(order) for order in identifier(key).qualifiers or ())


def _element(code: str, raw: str) -> tuple[str, str]:
    value = _unescape(raw)
    if code == "01" and len(value) in _SHORT_GTINS:
        value = value.zfill(14)
    check_value(identifier(code), value)
    return code, value


def _unescape(raw: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match[2]:
            raise Refused("escape", "A percent sign is not followed by two digits.", kind="url")
        return chr(int(match[1], 16))

    return _ESCAPE.sub(character, raw) if "%" in raw else raw
