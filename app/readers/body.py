"""A body taken apart into JSON values: one, an array, or many glued to each other."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from app.kernel import jsontext

_BLANKS = " \t\r\n,\x1e"
_decoder = json.JSONDecoder()


class NoJson(ValueError):
    """Not one JSON value is in it."""


def values(raw: bytes, most: int) -> tuple[list[Any], int]:
    """Return at most `most` values, arrays opened, and how many could not be read."""
    try:
        return list(islice(_opened(jsontext.read(raw)), most)), 0
    except RecursionError as error:
        raise NoJson from error
    except ValueError:
        return _glued(raw, most)


def _opened(value: Any) -> Iterator[Any]:  # noqa: ANN401
    if isinstance(value, list):
        yield from value
    else:
        yield value


def _glued(raw: bytes, most: int) -> tuple[list[Any], int]:
    """Read value after value; what follows something that is none cannot be trusted."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoJson from error
    found: list[Any] = []
    at, end = _next(text, 0), len(text)
    while at < end and len(found) < most:
        try:
            value, at = _decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            if not found:
                raise NoJson from error
            return found, 1
        found.extend(islice(_opened(value), most - len(found)))
        at = _next(text, at)
    if not found and at >= end:
        raise NoJson
    return found, 0


def _next(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at
