"""Whatever arrives: an answer, never an exception, and nothing identified that was not there."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.identification import Identified, Profile, identify
from app.identification.check_digits import has_check_digit

SYMBOLOGIES = st.sampled_from(
    [None, "]C1", "]d2", "]Q3", "]E0", "]E4", "]Q1", "]d1", "]I1", "]C0", "", "]", "nonsense"]
)
SCANS = st.one_of(
    st.text(max_size=600),
    st.text("0123456789", max_size=40),
    st.text("0123456789()\x1d]ABCd/:%&=?. ", max_size=80),
    st.from_regex(r"\A(\]C1|\]d2)?(01[0-9]{14}|10[A-Z0-9]{1,20}\x1d|17[0-9]{6}){1,4}\Z"),
    st.from_regex(r"\Ahttps://[a-z.]{1,10}/(01|00|414|8004)/[0-9A-Z%/]{1,30}(\?[0-9=&A]{1,9})?\Z"),
    st.from_regex(r"\Aurn:epc:(id|tag):(sgtin|sscc|giai)(-96)?:[0-9.A%]{1,30}\Z"),
)


def consistent(found: Identified) -> bool:
    """What is claimed holds: check digits, an error exactly with a refusal, JSON that dumps."""
    json.dumps(found.to_json())
    keys = [key for key in (found.gtin14, found.sscc) if key is not None]
    return found.ok == (found.error is None) and all(map(has_check_digit, keys))


@given(SCANS, SYMBOLOGIES)
@example("]C1]C1", "]C1")
@example("\ud800", None)
def test_never_an_exception(data: str, symbology: str | None) -> None:
    assert consistent(identify(data, symbology))


@given(SCANS, st.text("^|~<>GS\t", max_size=3), st.text("\r\n$#", max_size=2))
def test_never_an_exception_with_a_profile(data: str, stand_in: str, suffix: str) -> None:
    stand_ins = (stand_in,) if stand_in else ()

    assert consistent(identify(data, None, Profile(suffix=suffix, stand_ins=stand_ins)))


@pytest.mark.parametrize(
    "data",
    ["0", "\t", "(10)", "]C1", "<GS>", "%", "/01", "https://a/", "30 ", "\u00e9", "urn:epc:id:"],
)
def test_a_megabyte_is_refused(data: str) -> None:
    assert not identify(data * (1_000_000 // len(data))).ok


@given(st.text("0123456789", min_size=8, max_size=14))
def test_no_digits_are_a_gtin_without_their_check_digit(data: str) -> None:
    found = identify(data)

    if found.kind == "gtin" and found.ok and "identification.upc_e" not in found.warnings:
        assert found.gtin14 == data.zfill(14)
        assert has_check_digit(data)


@given(st.text("0123456789", min_size=1, max_size=30))
def test_a_lot_in_brackets_is_the_lot(lot: str) -> None:
    found = identify(f"(10){lot}")

    assert found.lot == (lot if len(lot) <= 20 else None)
