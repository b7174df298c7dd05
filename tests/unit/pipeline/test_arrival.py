"""Reading an envelope: whatever is wrong with it is a code, never an error."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.ids import derived, is_uuid, uuid7
from app.pipeline.arrival import ENVELOPE_LIMIT, read, significant
from app.playbook import PLAYBOOK

DEVICE = "1e0c5d52-94d3-5b3e-8d4e-1c2f6d0f0a11"


def envelope(**over: Any) -> dict[str, Any]:
    return {
        "v": 1, "id": uuid7(), "device": DEVICE, "epoch": 1, "seq": 1, "prev": "0" * 64,
        "kind": "counting.finish_bin", "kind_v": 1, "actor": DEVICE, "grant": None, "task": None,
        "lease": None, "base": None, "wall_ms": 1, "mono_ms": 1.5, "boot": "b", "cause": None,
        "app": "1.0.0",
        "payload": {"sheet": DEVICE, "place": DEVICE, "empty": True, "scans": []},
        **over,
    }  # fmt: skip


def code(text: str) -> str | None:
    return read(PLAYBOOK, text, DEVICE, 1, 1).quarantined


class TestRead:
    def test_a_good_one(self) -> None:
        arrival = read(PLAYBOOK, json.dumps(envelope()), DEVICE, 1, 1)
        assert arrival.quarantined is None
        assert arrival.payload.empty

    def test_a_kind_nobody_knows(self) -> None:
        assert code(json.dumps(envelope(kind="nobody.knows"))) == "sync.unsupported"
        assert code(json.dumps(envelope(kind_v=2))) == "sync.unsupported"

    def test_the_limit_is_in_bytes(self) -> None:
        text = json.dumps(envelope(), ensure_ascii=False)
        padded = text + " " * (ENVELOPE_LIMIT - len(text))
        assert code(padded) is None
        assert code(padded + " ") == "sync.unreadable"
        kept = read(PLAYBOOK, "é" * ENVELOPE_LIMIT, DEVICE, 1, 1)
        assert len(kept.raw) == ENVELOPE_LIMIT

    def test_an_id_that_cannot_be_trusted_is_not_taken(self) -> None:
        arrival = read(PLAYBOOK, json.dumps(envelope(seq=2)), DEVICE, 1, 1)
        assert (arrival.quarantined, arrival.id) == ("sync.unreadable", None)

    def test_a_rotation_may_change_three_fields_only(self) -> None:
        one = envelope()
        assert significant(one) == significant({**one, "epoch": 2, "seq": 9, "prev": "1" * 64})
        for name in one.keys() - {"epoch", "seq", "prev"}:
            assert significant(one) != significant({**one, name: "other"})

    @given(st.text(alphabet=st.characters(codec=None), max_size=300))
    def test_any_text_at_all(self, text: str) -> None:
        assert code(text) == "sync.unreadable"

    @given(
        st.dictionaries(
            st.sampled_from(sorted(envelope())),
            st.from_type(type(None))
            | st.integers()
            | st.floats()
            | st.text(max_size=9)
            | st.lists(st.integers()),
        )
    )
    def test_any_field_at_all(self, over: dict[str, Any]) -> None:
        found = code(json.dumps(envelope(**over)))
        assert found in (None, "sync.unreadable", "sync.unsupported")


class TestIds:
    def test_one_spelling(self) -> None:
        assert is_uuid(DEVICE)
        for other in (DEVICE.upper(), f"{{{DEVICE}}}", DEVICE.replace("-", ""), "", None, 7):
            assert not is_uuid(other)

    def test_time_goes_up_and_chance_differs(self) -> None:
        first, second = uuid7(), uuid7()
        assert first[14] == "7"
        assert first != second
        assert first[:8] <= second[:8]

    def test_derived_is_the_same_for_everybody(self) -> None:
        assert derived(DEVICE, 1) == derived(DEVICE, "1") != derived(DEVICE, 2)
