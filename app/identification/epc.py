"""EPCs from a tag's hex digits or from a URI."""

import re

from app.identification.bits import BitReader
from app.identification.epc_binary import read_parts, write_parts
from app.identification.epc_keys import KeyParts, parse_key_parts
from app.identification.epc_plus import read_plus
from app.identification.reading import Elements, Epc, Identified, Refused
from app.identification.summary import summarise
from app.identification.tables import (
    IDENTIFIERS,
    OTHER_HEADERS,
    PLUS_SCHEMES,
    SCHEMES,
    Scheme,
)
from app.identification.values import check_value

_HEX = re.compile(r"(?:0[xX])?((?:[0-9A-Fa-f] *){12,128})")
_URI = re.compile(r"[uU][rR][nN]:[eE][pP][cC]:(id|tag):([a-z0-9-]+):(.*)", re.DOTALL)
# Only an asset in a `+` scheme can be shorter than four words.
_SHORTEST = 16
_SHORTEST_TAG = 24
_KEYS = frozenset(scheme.key for scheme in SCHEMES.values())
_BY_NAME = {scheme.name: scheme for scheme in SCHEMES.values()}


def hex_digits(text: str) -> str | None:
    """The digits of what may be a tag: blanks and 0x removed, upper case."""
    match = _HEX.fullmatch(text)
    digits = match[1].replace(" ", "").upper() if match else ""
    return digits if len(digits) >= _SHORTEST or digits[:2] in PLUS_SCHEMES else None


def has_epc_header(digits: str) -> bool:
    return digits[:2] in SCHEMES or digits[:2] in PLUS_SCHEMES


def read_tag(digits: str, year: int | None = None) -> Identified:
    """Decode a tag whose header is one of ours."""
    bits = BitReader.of_hex(digits)
    bits.take(8)
    scheme = SCHEMES.get(digits[:2])
    if scheme is None:
        return _read_plus_tag(digits, bits, year)
    filter_value, parts = read_parts(scheme, bits)
    epc = _with_uris(scheme, filter_value, parts, digits)
    return summarise("epc", parts.elements(), epc=epc, year=year)


def _read_plus_tag(digits: str, bits: BitReader, year: int | None) -> Identified:
    scheme = PLUS_SCHEMES[digits[:2]]
    filter_value, elements = read_plus(scheme, bits)
    epc = Epc(scheme.name, filter_value, None, None, digits)
    return summarise("epc", elements, epc=epc, year=year)


def _with_uris(scheme: Scheme, filter_value: int, parts: KeyParts, digits: str) -> Epc:
    tail = parts.uri_parts()
    return Epc(
        scheme=scheme.name,
        filter=filter_value,
        pure=f"urn:epc:id:{scheme.key}:{tail}",
        tag=f"urn:epc:tag:{scheme.name}:{filter_value}.{tail}",
        hex=digits,
    )


def raw_tag(digits: str) -> Identified | None:
    """A tag that holds no EPC we know: shown, not understood."""
    other = OTHER_HEADERS.get(digits[:2])
    if other is None and (len(digits) < _SHORTEST_TAG or len(digits) % 4):
        return None
    refused = Refused("raw_tag", "This tag does not hold an EPC.", kind="epc")
    if other is not None:
        refused = Refused("epc_scheme", f"EPCs of scheme {other} are not supported.", kind="epc")
    uri = f"urn:epc:raw:{4 * len(digits)}.x{digits}"
    epc = Epc(scheme=other, filter=None, pure=None, tag=uri, hex=digits)
    return Identified(ok=False, kind="epc", epc=epc, error=refused.refusal)


def read_uri(text: str, year: int | None = None) -> Identified:
    """An EPC URI, pure identity or tag."""
    match = _URI.fullmatch(text)
    if match is None:
        raise Refused("epc_uri", "This kind of EPC URI is not supported.", kind="epc")
    form, name, body = match.groups()
    if form == "tag":
        return _read_tag_uri(name, body, year)
    if name not in _KEYS:
        raise Refused("epc_scheme", f"EPCs of scheme {name} are not supported.", kind="epc")
    parts = parse_key_parts(name, body)
    epc = Epc(None, None, f"urn:epc:id:{name}:{parts.uri_parts()}", None, None)
    return summarise("epc", _checked(parts), epc=epc, year=year)


def _read_tag_uri(name: str, body: str, year: int | None) -> Identified:
    scheme = _BY_NAME.get(name)
    if scheme is None:
        raise Refused("epc_scheme", f"EPCs of scheme {name} are not supported.", kind="epc")
    filter_digit, _, tail = body.partition(".")
    if filter_digit not in tuple("01234567"):
        raise Refused("epc_uri", "The EPC tag URI has no filter from 0 to 7.", kind="epc")
    parts = parse_key_parts(scheme.key, tail)
    return read_tag(write_parts(scheme, int(filter_digit), parts), year)


def _checked(parts: KeyParts) -> Elements:
    """A pure identity has no binary to fail on, so its values are checked as elements."""
    elements = parts.elements()
    for code, value in elements:
        check_value(IDENTIFIERS[code], value)
    return elements
