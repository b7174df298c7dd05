"""Payload classes compiled into plain functions, thirty times as fast as a marshmallow schema.

What passes here passes the schema, with the same result; whatever is in doubt is left to the
schema, which alone knows how to say what is wrong.
"""

import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from app.kernel.ids import CANONICAL

Read = Callable[[Any], Any]


class Doubt(Exception):
    """Not obviously right."""


@cache
def reader_of(payload: type, ident: type, text_limit: int, list_limit: int) -> Read:
    """Compile a payload class; `ident` is the type that marks ids."""
    return _Compiler(ident, text_limit, list_limit).of_class(payload)


class _Compiler:
    """Writes one plain function a payload class, from annotations and field metadata."""

    def __init__(self, ident: type, text_limit: int, list_limit: int) -> None:
        self.ident = ident
        self.text_limit = text_limit
        self.list_limit = list_limit

    def of_class(self, payload: type) -> Read:
        """Check every field in the body of one function: calls cost more than checks."""
        hints = get_type_hints(payload)
        known = fields(payload)
        names = {"payload": payload, "Doubt": Doubt, "uuid": CANONICAL, "day": _day}
        lines = []
        for n, each in enumerate(known):
            lines += self._check(f"v{n}", hints[each.name], dict(each.metadata), names)
        values = ", ".join(f"v{n}" for n in range(len(known)))
        got = [f"v{n} = raw[{each.name!r}]" for n, each in enumerate(known)]
        names["defaults"] = {f.name: f.default for f in known if f.default is not MISSING}
        text = _SHAPE.format(
            count=len(known),
            got="\n        ".join(got) or "pass",
            checks="\n    ".join(lines) or "pass",
            values=values,
        )
        exec(text, names)  # noqa: S102 - written here, from our own classes
        read: Read = names["read"]  # type: ignore[assignment]
        return read

    def _check(
        self,
        name: str,
        hint: Any,  # noqa: ANN401
        limits: dict[str, Any],
        names: dict[str, Any],
    ) -> list[str]:
        if get_origin(hint) in (Union, types.UnionType):
            inner = [arg for arg in get_args(hint) if arg is not type(None)]
            lines = self._check(name, inner[0], limits, names)
            return [f"if {name} is not None:", *(f"    {line}" for line in lines)]
        if is_dataclass(hint):
            names[f"read_{name}"] = self.of_class(hint)  # type: ignore[arg-type]
            return [f"{name} = read_{name}({name})"]
        if get_origin(hint) is tuple:
            return self._many(name, get_args(hint)[0], names)
        if get_origin(hint) is Literal:
            names[f"choices_{name}"] = frozenset(get_args(hint))
            return _refuse(f"type({name}) is not str or {name} not in choices_{name}")
        return self._plain(name, hint, limits)

    def _many(self, name: str, inner: Any, names: dict[str, Any]) -> list[str]:  # noqa: ANN401
        lines = _refuse(f"type({name}) is not list or len({name}) > {self.list_limit}")
        if is_dataclass(inner):
            names[f"read_{name}"] = self.of_class(inner)  # type: ignore[arg-type]
            return [*lines, f"{name} = tuple([read_{name}(each) for each in {name}])"]
        checks = self._check("each", inner, {}, names)
        return [
            *lines,
            f"for each in {name}:",
            *(f"    {c}" for c in checks),
            f"{name} = tuple({name})",
        ]

    def _plain(self, name: str, hint: Any, limits: dict[str, Any]) -> list[str]:  # noqa: ANN401
        if hint is self.ident:
            return _refuse(f"type({name}) is not str or uuid({name}) is None")
        if hint is int:
            least, most = limits.get("least"), limits.get("most")
            low = -BIG if least is None else max(least, -BIG)
            high = BIG if most is None else min(most, BIG)
            return _refuse(f"type({name}) is not int or not {low} <= {name} <= {high}")
        if hint is bool:
            return _refuse(f"type({name}) is not bool")
        if hint is date:
            return [f"{name} = day({name})"]
        if hint is str:
            least = limits.get("min_length") or 0
            most = limits.get("max_length", self.text_limit)
            return [
                *_refuse(f"type({name}) is not str or not {least} <= len({name}) <= {most}"),
                *_refuse(f"not {name}.isascii() or '\\0' in {name}"),
            ]
        return ["raise Doubt"]


BIG = 2**53 - 1
_SHAPE = """
def read(raw):
    if type(raw) is not dict or len(raw) > {count}:
        raise Doubt
    if len(raw) < {count}:
        raw = {{**defaults, **raw}}
        if len(raw) != {count}:
            raise Doubt
    try:
        {got}
    except KeyError as error:
        raise Doubt from error
    {checks}
    return payload({values})
"""


def _refuse(condition: str) -> list[str]:
    return [f"if {condition}:", "    raise Doubt"]


def _day(value: Any) -> Any:  # noqa: ANN401
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise Doubt from error
    if day.isoformat() != value:
        raise Doubt
    return day
