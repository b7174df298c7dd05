"""The records of this package: the answer to a scan and the profile of the device that read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from app.identification.tables import OWN_PREFIXES

Kind = Literal[
    "gs1",
    "digital_link",
    "gtin",
    "sscc",
    "epc",
    "internal",
    "url",
    "unknown",
    "ambiguous",
]
Elements = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """How one device delivers a scan: what it adds and what it types where the code says GS."""

    prefix: str = ""
    suffix: str = ""
    stand_ins: tuple[str, ...] = ()
    own_prefixes: tuple[tuple[str, str], ...] = OWN_PREFIXES
    # The year a two-digit year is read in; None is the running one.
    year: int | None = None


DEFAULT = Profile()


@dataclass(frozen=True, slots=True)
class Epc:
    """An RFID identity; `+` schemes have no URIs because they do not carry the prefix length."""

    scheme: str | None
    filter: int | None
    pure: str | None
    tag: str | None
    hex: str | None


@dataclass(frozen=True, slots=True)
class Internal:
    """One of our own codes: the place, badge, unit, tote, command or document it names."""

    type: str
    code: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a scan was not accepted; the code is stable, the message is for people."""

    code: str
    message: str


class Refused(ValueError):
    """Raised inside this package only; `identify` turns it into an answer with `ok: false`."""

    def __init__(self, code: str, message: str, kind: Kind = "unknown") -> None:
        super().__init__(message)
        self.refusal = Refusal(f"identification.{code}", message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Identified:
    """One scan, read: `ais` in the order of the input, the usual questions answered beside it."""

    ok: bool
    kind: Kind
    ais: Elements = ()
    gtin14: str | None = None
    sscc: str | None = None
    serial: str | None = None
    lot: str | None = None
    expiry: str | None = None
    quantity: int | None = None
    epc: Epc | None = None
    internal: Internal | None = None
    warnings: tuple[str, ...] = ()
    error: Refusal | None = None
    # Only for kind "ambiguous": every reading that survived.
    readings: tuple[Identified, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The shape of the command line; `readings` only where there is a choice."""
        shape: dict[str, Any] = {
            "ok": self.ok,
            "kind": self.kind,
            "ais": [list(element) for element in self.ais],
            "gtin14": self.gtin14,
            "sscc": self.sscc,
            "serial": self.serial,
            "lot": self.lot,
            "expiry": self.expiry,
            "quantity": self.quantity,
            "epc": _fields(self.epc),
            "internal": _fields(self.internal),
            "warnings": list(self.warnings),
            "error": _fields(self.error),
        }
        if self.readings:
            shape["readings"] = [reading.to_json() for reading in self.readings]
        return shape


def _fields(record: Epc | Internal | Refusal | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {name: getattr(record, name) for name in record.__slots__}
