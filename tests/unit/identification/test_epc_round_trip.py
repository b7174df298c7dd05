"""What is written to a tag is what is read from it, for every scheme and company prefix."""

from hypothesis import given
from hypothesis import strategies as st

from app.identification import encode_epc, identify
from app.identification.epc_keys import escaped
from app.identification.tables import CHARACTERS, PLUS_SCHEMES, SCHEMES, Partition, Scheme

DIGITS = CHARACTERS["N"]
RESTS = {"sgtin": 13, "sscc": 17, "sgln": 12, "grai": 12}
SERIALS = {"sgtin": 20, "sgln": 20, "grai": 16}


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


def text(longest: int) -> st.SearchStrategy[str]:
    return st.text(CHARACTERS["X"], min_size=1, max_size=longest).map(escaped)


@st.composite
def written(draw: st.DrawFn, scheme: Scheme) -> tuple[str, str, int, int]:
    """Identity, scheme, filter and prefix length of a tag this scheme can hold."""
    partition = draw(st.sampled_from(scheme.partitions))
    parts = [draw(digits(partition.prefix_digits)), draw(reference(scheme, partition))]
    if scheme.serial == "integer":
        parts.append(str(draw(st.integers(0, 2**scheme.serial_bits - 1))))
    if scheme.serial == "text":
        parts.append(draw(text(scheme.serial_chars)))
    pure = f"urn:epc:id:{scheme.key}:{'.'.join(parts)}"
    return pure, scheme.name, draw(st.integers(0, 7)), partition.prefix_digits


def reference(scheme: Scheme, partition: Partition) -> st.SearchStrategy[str]:
    if scheme.serial == "reference_text":
        return text(partition.reference_digits)
    if scheme.serial == "reference_integer":
        limit = min(10**partition.reference_digits, 2**partition.reference_bits)
        return st.integers(0, limit - 1).map(str)
    return digits(partition.reference_digits)


@given(st.sampled_from(list(SCHEMES.values())).flatmap(written))
def test_partitioned_schemes(tag: tuple[str, str, int, int]) -> None:
    pure, scheme, filter_value, length = tag

    found = identify(encode_epc(pure, scheme, filter_value, length))

    assert found.epc is not None
    assert (found.epc.pure, found.epc.scheme, found.epc.filter) == (pure, scheme, filter_value)
    by_uri = identify(found.epc.tag or "")
    assert (by_uri.ais, by_uri.epc) == (found.ais, found.epc)
    assert identify(pure).ais == found.ais


@given(st.data())
def test_plus_schemes(data: st.DataObject) -> None:
    scheme = data.draw(st.sampled_from(list(PLUS_SCHEMES.values())))
    length = data.draw(st.integers(6, 12))
    parts = [data.draw(digits(length))]
    rest = RESTS.get(scheme.key)
    parts.append(data.draw(text(30 - length) if rest is None else digits(rest - length)))
    if scheme.key in SERIALS:
        parts.append(data.draw(text(SERIALS[scheme.key])))
    pure = f"urn:epc:id:{scheme.key}:{'.'.join(parts)}"
    date = ("17", "281231") if scheme.dated else None

    found = identify(encode_epc(pure, scheme.name, 5, length, date))

    expected = identify(pure).ais
    assert found.ais == (expected if date is None else (*expected, date))
    assert found.epc is not None
    assert (found.epc.scheme, found.epc.filter) == (scheme.name, 5)


@given(st.text("0123456789ABCDEF", min_size=16, max_size=128))
def test_any_bits_are_read_the_same_or_refused(bits: str) -> None:
    for header in (*SCHEMES, *PLUS_SCHEMES):
        found = identify(header + bits)

        if found.kind == "epc" and found.ok and found.epc is not None and found.epc.pure:
            again = encode_epc(found.epc.pure, found.epc.scheme or "", found.epc.filter or 0)
            assert again.rstrip("0") == (header + bits).rstrip("0")
