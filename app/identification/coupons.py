"""The North American coupon codes in AI 8110 and 8112: fields behind length indicators."""

from collections.abc import Callable
from dataclasses import dataclass

from app.identification.dates import is_date

_FUNDER_LENGTHS = "0123456"
_VALUE_LENGTHS = "12345"
_REQUIREMENTS = "012349"


class _Wrong(Exception):
    """The field at hand is not one the guideline allows."""


@dataclass(slots=True)
class _Strip:
    """The digits still to be read."""

    rest: str

    def take(self, count: int) -> str:
        taken, self.rest = self.rest[:count], self.rest[count:]
        if len(taken) < count:
            raise _Wrong
        return taken

    def one_of(self, allowed: str) -> str:
        found = self.take(1)
        if found not in allowed:
            raise _Wrong
        return found

    def measured(self, allowed: str, base: int) -> str:
        return self.take(int(self.one_of(allowed)) + base)

    def begins(self, field: str) -> bool:
        if not self.rest.startswith(field):
            return False
        self.rest = self.rest[1:]
        return True


def is_coupon(digits: str) -> bool:
    """AI 8110: the mandatory head, then optional fields in ascending order."""
    return _reads(digits, _coupon)


def is_offer(digits: str) -> bool:
    """AI 8112: format, funder, offer code, serial, nothing else."""
    return _reads(digits, _offer)


def _reads(digits: str, form: Callable[[_Strip], None]) -> bool:
    strip = _Strip(digits)
    try:
        form(strip)
    except _Wrong:
        return False
    return not strip.rest


def _offer(strip: _Strip) -> None:
    strip.one_of("01")
    strip.measured(_FUNDER_LENGTHS, 6)
    strip.take(6)
    strip.measured("0123456789", 6)


def _coupon(strip: _Strip) -> None:
    strip.measured(_FUNDER_LENGTHS, 6)
    strip.take(6)
    strip.measured(_VALUE_LENGTHS, 0)
    _purchase(strip)
    if strip.begins("1"):
        strip.one_of("0123")
        _further_purchase(strip)
    if strip.begins("2"):
        _further_purchase(strip)
    _validity(strip)
    if strip.begins("5"):
        strip.measured("0123456789", 6)
    if strip.begins("6"):
        strip.measured("1234567", 6)
    if strip.begins("9"):
        _handling(strip)


def _purchase(strip: _Strip) -> None:
    strip.measured(_VALUE_LENGTHS, 0)
    strip.one_of(_REQUIREMENTS)
    strip.take(3)


def _further_purchase(strip: _Strip) -> None:
    _purchase(strip)
    length = strip.one_of(_FUNDER_LENGTHS + "9")
    if length != "9":
        strip.take(int(length) + 6)


def _validity(strip: _Strip) -> None:
    expires = _dated(strip, "3")
    starts = _dated(strip, "4")
    if expires and starts and expires < starts:
        raise _Wrong


def _dated(strip: _Strip, field: str) -> str:
    if not strip.begins(field):
        return ""
    date = strip.take(6)
    if not is_date(date):
        raise _Wrong
    return date


def _handling(strip: _Strip) -> None:
    strip.one_of("01256")
    strip.one_of("012")
    strip.take(1)
    strip.one_of("01")
