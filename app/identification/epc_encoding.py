"""From a pure identity to the hex digits of a tag."""

import re

from app.identification.epc_binary import write_parts
from app.identification.epc_keys import KeyParts, parse_key_parts
from app.identification.epc_plus import write_plus
from app.identification.reading import Refused
from app.identification.tables import IDENTIFIERS, PLUS_SCHEMES, SCHEMES, PlusScheme, Scheme
from app.identification.values import check_value

_PURE = re.compile(r"urn:epc:id:([a-z]+):(.+)", re.IGNORECASE)
_SCHEMES: dict[str, Scheme | PlusScheme] = {
    **{scheme.name: scheme for scheme in SCHEMES.values()},
    **{scheme.name: scheme for scheme in PLUS_SCHEMES.values()},
}
_FILTERS = range(8)


def encode_epc(
    pure: str,
    scheme: str,
    filter: int,
    gcp_len: int | None = None,
    date: tuple[str, str] | None = None,
) -> str:
    """The tag's hex digits in whole words; `date` is AI and YYMMDD, for DSGTIN+ alone.

    Raises `Refused` for an identity the scheme cannot hold.
    """
    found = _SCHEMES.get(scheme)
    match = _PURE.fullmatch(pure)
    if found is None or match is None or match[1] != found.key:
        raise Refused("epc_scheme", "The scheme does not take this identity.", kind="epc")
    if filter not in _FILTERS:
        raise Refused("epc_range", "A filter is a number from 0 to 7.", kind="epc")
    parts = parse_key_parts(found.key, match[2])
    if gcp_len not in (None, len(parts.prefix)):
        raise Refused("epc_range", "The company prefix has another length.", kind="epc")
    return _written(found, filter, parts, date)


def _written(
    scheme: Scheme | PlusScheme, filter_value: int, parts: KeyParts, date: tuple[str, str] | None
) -> str:
    elements = parts.elements()
    for code, value in elements:
        check_value(IDENTIFIERS[code], value)
    if isinstance(scheme, PlusScheme):
        return write_plus(scheme, filter_value, elements, date)
    if date is not None:
        raise Refused("epc_data", "Only the dated scheme takes a date.", kind="epc")
    return write_parts(scheme, filter_value, parts)
