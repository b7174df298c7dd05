"""The compiled readers say nothing that the marshmallow schemas, the single source, do not say."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from app.kernel.ids import uuid7
from app.pipeline.compiled import Doubt, reader_of
from app.pipeline.operation import Kind
from app.pipeline.schema import LIST_LIMIT, TEXT_LIMIT, Ident, load, load_by_schema
from app.playbook import PLAYBOOK

KINDS = sorted(PLAYBOOK.kinds.values(), key=lambda kind: (kind.name, kind.version))
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 1.0, 2**53, "", "x", "A" * 5_000, "a\0b", "\ud800", "ä", uuid7(),
    uuid7().upper(), "available", "2026-02-29", "2027-01-31", "20270131", [], {}, [None], {"x": 1},
]  # fmt: skip


def plausible(hint: Any) -> Any:  # noqa: ANN401
    """A value that fits, as JSON."""
    bare = next((a for a in get_args(hint) if a is not type(None)), hint)
    if get_origin(hint) is tuple:
        return [plausible(get_args(hint)[0])]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if bare is not hint and get_origin(hint) is not dict:
        return plausible(bare)
    if is_dataclass(hint):
        return complete(hint)  # type: ignore[arg-type]
    return {Ident: uuid7(), int: 1, bool: True, str: "abc", date: "2027-01-31"}.get(hint, {})


def complete(payload: type) -> dict[str, Any]:
    hints = get_type_hints(payload)
    return {each.name: plausible(hints[each.name]) for each in fields(payload)}


def spots(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Every place in a JSON value that could hold something else."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from spots(value[key])


def compiled(payload: type, raw: object) -> Any:  # noqa: ANN401
    return reader_of(payload, Ident, TEXT_LIMIT, LIST_LIMIT)(raw)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
class TestCompiledReaders:
    def test_read_what_is_right(self, kind: Kind) -> None:
        raw = complete(kind.payload)

        assert compiled(kind.payload, raw) == load_by_schema(kind.payload, raw)

    @given(data=st.data())
    def test_never_accept_what_the_schema_refuses(self, kind: Kind, data: st.DataObject) -> None:
        raw: Any = complete(kind.payload)
        for _ in range(data.draw(st.integers(1, 3))):
            where, key = data.draw(st.sampled_from(list(spots([raw]))))
            match data.draw(st.integers(0, 4)), where:
                case 0, dict():
                    del where[key]
                case 1, dict():
                    where["unheard_of"] = data.draw(st.sampled_from(ODD))
                case _, _ if where is not [raw]:
                    where[key] = data.draw(st.sampled_from(ODD))
            if not isinstance(raw, dict) or not raw:
                break

        try:
            quick = compiled(kind.payload, raw)
        except Doubt:
            return
        assert quick == load_by_schema(kind.payload, raw)


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
