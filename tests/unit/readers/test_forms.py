"""What readers say, taken apart without a server."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.body import NoJson, values
from app.readers.forms import Bad, Said, told

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
NAMES = st.sampled_from(
    ("data", "idHex", "tagInventoryEvent", "epc", "epcHex", "reads", "time", "timestamp", "event")
)


@given(ANYTHING | st.dictionaries(NAMES, ANYTHING | st.dictionaries(NAMES, ANYTHING)))
def test_nothing_that_is_said_raises(spoken: object) -> None:
    for each in told(spoken):
        assert isinstance(each, (Said, Bad))
        if isinstance(each, Said):
            assert set(each.tag) <= set(string.hexdigits.upper())
            assert each.event is None or len(each.event) <= 40


@given(st.binary())
def test_no_body_raises_anything_else(raw: bytes) -> None:
    try:
        values(raw, 10)
    except NoJson:
        return


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"{}", ([{}], 0)),
        (b"[]", ([], 0)),
        (b"[1, 2]", ([1, 2], 0)),
        (b"{}{}", ([{}, {}], 0)),
        (b"{},{}", ([{}, {}], 0)),
        (b"[1][2]\n3", ([1, 2, 3], 0)),
        (b"\x1e{}\n\x1e{}\n", ([{}, {}], 0)),
        (b'{}{"a', ([{}], 1)),
        (b"\xef\xbb\xbf{}", ([{}], 0)),
    ],
)
def test_bodies(raw: bytes, found: tuple[list[object], int]) -> None:
    assert values(raw, 100) == found


def test_no_more_values_than_asked_for() -> None:
    assert values(b"[1,2,3]", 2) == ([1, 2], 0)
    assert values(b"1 2 3", 2) == ([1, 2], 0)
