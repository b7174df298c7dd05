"""The compiled readers say nothing that the marshmallow schemas, the single source, do not say."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from marshmallow import ValidationError

from app.kernel.ids import uuid7
from app.pipeline.compiled import Doubt, reader_of
from app.pipeline.operation import Kind
from app.pipeline.schema import LIST_LIMIT, TEXT_LIMIT, Ident, load, load_by_schema
from app.playbook import PLAYBOOK

KINDS = sorted(PLAYBOOK.kinds.values(), key=lambda kind: (kind.name, kind.version))
FLOOR = {kind.name for kind in KINDS if kind.fact}
GONE = object()
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 1.0, 2**53, "", "x", "A" * 5_000, "a\0b", "\ud800", "ä", uuid7(),
    uuid7().upper(), "available", "2026-02-29", "2027-01-31", "20270131", [], {}, [None], {"x": 1},
]  # fmt: skip


def plausible(hint: Any) -> Any:
    """A value that fits, as JSON."""
    if get_origin(hint) in (Union, UnionType):
        return plausible(next(a for a in get_args(hint) if a is not type(None)))
    if get_origin(hint) is tuple:
        return [plausible(get_args(hint)[0])]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if is_dataclass(hint):
        return complete(hint)  # type: ignore[arg-type]
    return {Ident: uuid7(), int: 1, bool: True, str: "abc", date: "2027-01-31"}.get(hint, {})


SPELT = {"tag": "E2801170", "token_sha": "a" * 64}  # text that may not be as short as "abc"


def complete(payload: type) -> dict[str, Any]:
    hints = get_type_hints(payload)
    names = [each.name for each in fields(payload)]
    return {name: SPELT.get(name) or plausible(hints[name]) for name in names}


def variants(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same value with one thing wrong, or just odd: another value, nothing, or too much."""
    for path in paths(raw):
        for odd in ODD:
            yield changed(raw, path, odd)
        if isinstance(path[-1], str):
            yield changed(raw, path, GONE)
            yield changed(raw, (*path[:-1], "unheard_of"), 1)


def paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield (*before, key)
        if isinstance(value[key], dict | list):
            yield from paths(value[key], (*before, key))


def changed(raw: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    whole = deepcopy(raw)
    where: Any = whole
    for step in path[:-1]:
        where = where[step]
    where[path[-1]] = value
    if value is GONE:
        del where[path[-1]]
    return whole


def compiled(payload: type, raw: object) -> Any:
    return reader_of(payload, Ident, TEXT_LIMIT, LIST_LIMIT)(raw)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
class TestCompiledReaders:
    def test_read_what_is_right(self, kind: Kind) -> None:
        raw = complete(kind.payload)

        assert load(kind.payload, raw) == load_by_schema(kind.payload, raw)
        if kind.name in FLOOR:
            assert compiled(kind.payload, raw) == load_by_schema(kind.payload, raw)

    def test_never_accept_what_the_schema_refuses(self, kind: Kind) -> None:
        for raw in variants(complete(kind.payload)):
            try:
                quick = compiled(kind.payload, raw)
            except Doubt:
                continue
            assert quick == load_by_schema(kind.payload, raw), raw


class TestLoad:
    def test_what_is_in_doubt_is_told_by_the_schema(self) -> None:
        payload = PLAYBOOK.kinds[("counting.finish_bin", 1)].payload
        raw = {**complete(payload), "empty": "no", "more": 1}

        with pytest.raises(ValidationError) as refusal:
            load(payload, raw)

        assert set(refusal.value.normalized_messages()) == {"empty", "more"}

    def test_text_beyond_ascii_is_read(self) -> None:
        payload = PLAYBOOK.kinds[("counting.finish_bin", 1)].payload
        raw = {**complete(payload), "scans": [{"data": "Müller", "symbology": None}]}

        assert load(payload, raw).scans[0].data == "Müller"
