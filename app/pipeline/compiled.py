"""Payload classes compiled into plain functions, thirty times as fast as a marshmallow schema.

What passes here passes the schema, with the same result; whatever is in doubt is left to the
schema, which alone knows how to say what is wrong.
"""

import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from app.kernel.ids import is_uuid

Read = Callable[[Any], Any]


class Doubt(Exception):
    """Not obviously right."""


@cache
def reader_of(payload: type, ident: type, text_limit: int, list_limit: int) -> Read:
    """Compile a payload class; `ident` is the type that marks ids."""
    return _Compiler(ident, text_limit, list_limit).of_class(payload)


class _Compiler:
    """Builds readers from annotations and field metadata."""

    def __init__(self, ident: type, text_limit: int, list_limit: int) -> None:
        self.ident = ident
        self.text_limit = text_limit
        self.list_limit = list_limit

    def of_class(self, payload: type) -> Read:
        hints = get_type_hints(payload)
        known = [(each.name, self.of_hint(hints[each.name], each)) for each in fields(payload)]
        defaults = {
            each.name: each.default for each in fields(payload) if each.default is not MISSING
        }
        count = len(known)

        def read_object(raw: Any) -> Any:  # noqa: ANN401
            if type(raw) is not dict or len(raw) > count:
                raise Doubt
            try:
                if len(raw) == count:
                    return payload(*[read(raw[name]) for name, read in known])
                full = {**defaults, **raw}
                if len(full) > count or any(name not in full for name, _ in known):
                    raise Doubt  # something is missing, or unknown
                return payload(
                    *[read(raw[name]) if name in raw else full[name] for name, read in known]
                )
            except KeyError as error:
                raise Doubt from error

        return read_object

    def of_hint(self, hint: Any, declared: "Field[Any] | None" = None) -> Read:  # noqa: ANN401
        if get_origin(hint) in (Union, types.UnionType):
            inner = [arg for arg in get_args(hint) if arg is not type(None)]
            return _nullable(self.of_hint(inner[0], declared))
        if is_dataclass(hint):
            return self.of_class(hint)  # type: ignore[arg-type]
        if get_origin(hint) is tuple:
            return _many(self.of_hint(get_args(hint)[0]), self.list_limit)
        if get_origin(hint) is Literal:
            return _one_of(frozenset(get_args(hint)))
        limits = dict(declared.metadata) if declared is not None else {}
        return self.of_plain(hint, limits)

    def of_plain(self, hint: Any, limits: dict[str, Any]) -> Read:  # noqa: ANN401
        if hint is self.ident:
            return _id
        if hint is int:
            return _whole(limits.get("least"), limits.get("most"))
        if hint is bool:
            return _flag
        if hint is date:
            return _day
        if hint is str:
            least = limits.get("min_length") or 0
            return _text(least, limits.get("max_length", self.text_limit))
        return _doubtful


def _nullable(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _many(read: Read, limit: int) -> Read:
    def read_list(value: Any) -> Any:  # noqa: ANN401
        if type(value) is not list or len(value) > limit:
            raise Doubt
        return tuple([read(each) for each in value])

    return read_list


def _one_of(allowed: frozenset[Any]) -> Read:
    def read_choice(value: Any) -> Any:  # noqa: ANN401
        if type(value) is not str or value not in allowed:
            raise Doubt
        return value

    return read_choice


def _whole(least: int | None, most: int | None) -> Read:
    low = -(2**53) + 1 if least is None else max(least, -(2**53) + 1)
    high = 2**53 - 1 if most is None else min(most, 2**53 - 1)

    def read_whole(value: Any) -> Any:  # noqa: ANN401
        if type(value) is not int or not low <= value <= high:
            raise Doubt
        return value

    return read_whole


def _text(least: int, most: int) -> Read:
    def read_text(value: Any) -> Any:  # noqa: ANN401
        if type(value) is not str or not least <= len(value) <= most:
            raise Doubt
        if not value.isascii() or "\0" in value:
            raise Doubt
        return value

    return read_text


def _id(value: Any) -> Any:  # noqa: ANN401
    if not is_uuid(value):
        raise Doubt
    return value


def _flag(value: Any) -> Any:  # noqa: ANN401
    if type(value) is not bool:
        raise Doubt
    return value


def _day(value: Any) -> Any:  # noqa: ANN401
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Doubt from error
    if day.isoformat() != value:
        raise Doubt
    return day


def _doubtful(value: Any) -> Any:  # noqa: ANN401
    raise Doubt
