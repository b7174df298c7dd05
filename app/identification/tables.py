"""The facts of the standards, compiled from `tables.json`, the one source for both languages."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("tables.json")
_FACTS: dict[str, Any] = json.loads(SOURCE.read_text(encoding="utf-8"))

CHARACTERS: dict[str, str] = _FACTS["characters"]
UNITS: dict[str, str] = _FACTS["units"]
COUNTRIES = frozenset(_FACTS["countries"])
COUNTRY_CODES = frozenset(_FACTS["country_codes"])
CURRENCIES = frozenset(_FACTS["currencies"])
MEDIA_TYPES = frozenset(_FACTS["media_types"])
PACKAGE_TYPES = frozenset(_FACTS["package_types"])

OWN_PREFIXES: tuple[tuple[str, str], ...] = tuple((a, b) for a, b in _FACTS["own_prefixes"])
COMMANDS = frozenset(_FACTS["commands"])
# Both halves of the code that checks a scanner; between them stands FNC1.
SCANNER_CHECK: tuple[str, ...] = tuple(_FACTS["scanner_check"])
ELEMENT_SYMBOLOGIES = frozenset(_FACTS["element_symbologies"])
RETAIL_SYMBOLOGIES = frozenset(_FACTS["retail_symbologies"])
TEXT_SYMBOLOGIES = frozenset(_FACTS["text_symbologies"])


@dataclass(frozen=True, slots=True)
class Part:
    """One component of an AI's value: its characters, its length and the rules for its content."""

    charset: str
    characters: str
    shortest: int
    longest: int
    optional: bool
    rules: tuple[str, ...]


# One way to satisfy a companion rule: from each set at least one AI must be there.
Companions = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class ApplicationIdentifier:
    """An AI: its format, the AIs it may not meet, those it needs, its part in a Digital Link."""

    code: str
    parts: tuple[Part, ...]
    shortest: int
    longest: int
    predefined: bool
    excludes: frozenset[str]
    needs: tuple[tuple[Companions, ...], ...]
    qualifiers: tuple[tuple[str, ...], ...] | None
    attribute: bool


def _span(text: str) -> Iterator[str]:
    """'3100-3105' → the six codes."""
    for piece in text.split():
        first, _, last = piece.partition("-")
        for number in range(int(first), int(last or first) + 1):
            yield str(number).zfill(len(first))


@cache
def _part(text: str) -> Part:
    form, *rules = text.strip("[]").split(":")
    shortest, _, longest = form[1:].partition("-")
    return Part(
        charset=form[0],
        characters=CHARACTERS[form[0]],
        shortest=int(shortest),
        longest=int(longest or shortest),
        optional=text.startswith("["),
        rules=tuple(rules),
    )


_ROWS: dict[str, dict[str, Any]] = {code: row for row in _FACTS["ais"] for code in _span(row["ai"])}


@cache
def _matching(pattern: str) -> frozenset[str]:
    """'31nn' → every four-digit AI that begins with 31; '10' → itself."""
    if pattern in _ROWS:
        return frozenset((pattern,))
    stem = pattern.rstrip("n")
    return frozenset(code for code in _ROWS if len(code) == len(pattern) and code.startswith(stem))


@cache
def _companions(alternative: str) -> Companions:
    return tuple(_matching(pattern) for pattern in alternative.split("+"))


def _identifier(code: str, row: dict[str, Any]) -> ApplicationIdentifier:
    parts = tuple(_part(text) for text in row["format"].split())
    key = row.get("key")
    return ApplicationIdentifier(
        code=code,
        parts=parts,
        shortest=sum(part.shortest for part in parts if not part.optional),
        longest=sum(part.longest for part in parts),
        predefined=code[:2] in _FACTS["predefined"],
        excludes=frozenset().union(*map(_matching, row.get("excludes", ()))) - {code},
        needs=tuple(tuple(map(_companions, rule)) for rule in row.get("needs", ())),
        qualifiers=None if key is None else tuple(map(tuple, key)),
        attribute=row.get("attribute", True),
    )


IDENTIFIERS = {code: _identifier(code, row) for code, row in _ROWS.items()}


@dataclass(frozen=True, slots=True)
class Partition:
    """One row of a partition table: bits and digits of company prefix and reference."""

    prefix_bits: int
    prefix_digits: int
    reference_bits: int
    reference_digits: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A binary EPC scheme with a company prefix of known length."""

    name: str
    key: str
    header: str
    bits: int
    partitions: tuple[Partition, ...]
    serial: str
    serial_bits: int
    serial_chars: int


@dataclass(frozen=True, slots=True)
class PlusScheme:
    """A binary EPC scheme of TDS 2: the key as digits, data may follow."""

    name: str
    key: str
    header: str
    digits: int
    dated: bool
    serial_chars: int


def _scheme(row: dict[str, Any]) -> Scheme:
    return Scheme(
        name=row["scheme"],
        key=row["key"],
        header=row["header"],
        bits=row["bits"],
        partitions=tuple(
            Partition(*prefix, *reference)
            for prefix, reference in zip(_FACTS["company_prefixes"], row["references"], strict=True)
        ),
        serial=row["serial"],
        serial_bits=row["serial_bits"],
        serial_chars=row["serial_chars"],
    )


def _plus_scheme(row: dict[str, Any]) -> PlusScheme:
    return PlusScheme(
        name=row["scheme"],
        key=row["key"],
        header=row["header"],
        digits=row["digits"],
        dated=row["dated"],
        serial_chars=row["serial_chars"],
    )


SCHEMES = {row["header"]: _scheme(row) for row in _FACTS["epc_schemes"]}
PLUS_SCHEMES = {row["header"]: _plus_scheme(row) for row in _FACTS["epc_plus_schemes"]}
OTHER_HEADERS: dict[str, str] = _FACTS["epc_other_headers"]
DATE_KINDS: tuple[str, ...] = tuple(_FACTS["epc_dates"])
DATA_CODINGS: dict[str, str] = {
    code: row["coding"] for row in _FACTS["epc_data"] for code in _span(row["ais"])
}
