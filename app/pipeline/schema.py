"""Payload classes are the source; marshmallow schemas, OpenAPI and TypeScript follow."""

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from marshmallow import RAISE, Schema, ValidationError
from marshmallow import fields as ma
from marshmallow.validate import Length, OneOf, Range

from app.pipeline.compiled import Doubt, reader_of
from app.pipeline.operation import Kind
from app.web.fields import Day, Flag, Id, Text, Whole

TEXT_LIMIT = 4_000
LIST_LIMIT = 500


class Ident(str):
    """Marks a payload field as an id."""

    __slots__ = ()


@cache
def schema_of(payload: type) -> Schema:
    """Build the marshmallow schema of a payload class; unknown fields are refused."""
    hints = get_type_hints(payload)
    declared = {f.name: _field(hints[f.name], f) for f in fields(payload)}
    meta = type("Meta", (), {"unknown": RAISE})
    schema = type(f"{payload.__name__}Schema", (Schema,), {**declared, "Meta": meta})
    return schema()  # type: ignore[no-any-return]


def load(payload: type, raw: object) -> Any:  # noqa: ANN401
    """Decode JSON into a payload; raises `marshmallow.ValidationError`."""
    try:
        return reader_of(payload, Ident, TEXT_LIMIT, LIST_LIMIT)(raw)
    except Doubt:
        return load_by_schema(payload, raw)


def load_as(kind: Kind, raw: object) -> Any:  # noqa: ANN401
    """Decode a payload of whatever version; the bytes it came in stay as they are."""
    if not kind.upcasts:
        return load(kind.payload, raw)
    try:
        for upcast in kind.upcasts:
            raw = upcast(dict(raw))  # type: ignore[call-overload]
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise ValidationError("not a payload of its version") from error
    return load(kind.payload, raw)


def load_by_schema(payload: type, raw: object) -> Any:  # noqa: ANN401
    """Decode with marshmallow alone, which says what is wrong."""
    if not isinstance(raw, dict):
        raise ValidationError("not an object")
    return _build(payload, schema_of(payload).load(raw))


def _build(payload: type, values: Any) -> Any:  # noqa: ANN401
    hints = get_type_hints_of(payload)
    return payload(**{name: _value(hints[name], value) for name, value in values.items()})


@cache
def get_type_hints_of(payload: type) -> dict[str, Any]:
    """Resolve the annotations of a payload class once."""
    return get_type_hints(payload)


@cache
def _shape(hint: Any) -> tuple[str, Any]:  # noqa: ANN401
    """Say whether a hint is a nested payload, a tuple of them, or plain."""
    hint = _bare(hint)[0]
    if is_dataclass(hint):
        return "one", hint
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return ("many", inner) if is_dataclass(inner) else ("list", inner)
    return "plain", hint


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401
    shape, inner = _shape(hint)
    if shape == "plain" or value is None:
        return value
    if shape == "one":
        return _build(inner, value)
    if shape == "many":
        return tuple(_build(inner, each) for each in value)
    return tuple(value)


def _bare(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401
    """Strip `| None` and say whether it was there."""
    if get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        return inner[0], len(inner) < len(get_args(hint))
    return hint, False


def _field(hint: Any, declared: "Field[Any] | None" = None) -> Any:  # noqa: ANN401
    bare, nullable = _bare(hint)
    options: dict[str, Any] = {"allow_none": nullable, "required": True}
    if declared is not None and declared.default is not MISSING:
        options |= {"required": False, "load_default": declared.default}
    if is_dataclass(bare):
        return ma.Nested(schema_of(bare), **options)  # type: ignore[arg-type]
    if get_origin(bare) is tuple:
        return ma.List(_field(get_args(bare)[0]), validate=Length(max=LIST_LIMIT), **options)
    if get_origin(bare) is Literal:
        return Text(validate=OneOf(get_args(bare)), **options)
    if get_origin(bare) is dict or bare is dict:
        return ma.Dict(**options)
    limits = dict(declared.metadata) if declared is not None else {}
    return _plain(bare, limits, options)


def _plain(bare: Any, limits: dict[str, Any], options: dict[str, Any]) -> Any:  # noqa: ANN401
    if bare is Ident:
        return Id(**options)
    if bare is int:
        least, most = limits.get("least"), limits.get("most")
        if least is not None or most is not None:
            options["validate"] = Range(min=least, max=most)
        return Whole(**options)
    if bare is bool:
        return Flag(**options)
    if bare is date:
        return Day(**options)
    if bare is str:
        length = Length(min=limits.get("min_length"), max=limits.get("max_length", TEXT_LIMIT))
        return Text(validate=length, **options)
    raise TypeError(f"no schema for {bare!r}")
