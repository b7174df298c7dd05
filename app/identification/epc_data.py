"""Values of application identifiers in the bits of a `+` tag (TDS 2, table F)."""

from collections.abc import Callable

from app.identification.bits import BitReader
from app.identification.epc_text import (
    BASE64,
    INDICATOR_BITS,
    read_asset,
    read_date,
    read_nibbles,
    read_number,
    read_text,
    wrong_data,
)
from app.identification.tables import DATA_CODINGS

_LONGEST_ASSET = 30
# AIs whose second component may be missing: a length of zero says so.
_OPTIONAL = frozenset(("253", "255", "8003"))


def _read_date_range(bits: BitReader) -> str:
    return read_date(bits) + read_date(bits) if bits.take(1) else read_date(bits)


def _read_precise_time(bits: BitReader) -> str:
    """Date, and as many of hours, minutes, seconds as the format indicator says."""
    form = bits.take(2)
    text = read_date(bits)
    for size in {0: (5,), 1: (5, 6), 2: (5, 6, 6), 3: ()}[form]:
        text += f"{bits.take(size):02}"
    return text


def _read_sequence(bits: BitReader) -> str:
    return f"{read_nibbles(bits, 1)}/{read_nibbles(bits, 1)}"


def read_value(code: str, bits: BitReader) -> str:
    """The value of one AI, as table F says it is coded."""
    coding = DATA_CODINGS.get(code)
    if coding is None:
        raise wrong_data(f"({code}) may not be on a tag.")
    pieces = coding.split(" + ")
    value = _read_piece(pieces[0], bits)
    for piece in pieces[1:]:
        value += _read_optional_piece(code, piece, bits)
    return value


def _read_optional_piece(code: str, piece: str, bits: BitReader) -> str:
    if code in _OPTIONAL and _length_ahead(piece, bits) == 0:
        bits.take(_length_end(piece))
        return ""
    return _read_piece(piece, bits)


def _length_end(piece: str) -> int:
    name, length_bits, _ = piece.split()
    return int(length_bits) + (INDICATOR_BITS if name == "text" else 0)


def _length_ahead(piece: str, bits: BitReader) -> int:
    ahead = BitReader(bits.value, bits.size, bits.at)
    return ahead.take(_length_end(piece)) & ((1 << int(piece.split()[1])) - 1)


def _read_digits(bits: BitReader, length_bits: int, longest: int) -> str:
    length = bits.take(length_bits)
    if not 0 < length <= longest:
        raise wrong_data("The EPC holds a number of impossible length.")
    return read_number(bits, length)


def _read_integer(bits: BitReader, digits: int, size: int) -> str:
    value = bits.take(size)
    if value >= 10**digits:
        raise wrong_data("The EPC holds a number with too many digits.")
    return str(value).zfill(digits)


def _read_piece(piece: str, bits: BitReader) -> str:
    name, *numbers = piece.split()
    return _READERS[name](bits, *map(int, numbers))


_READERS: dict[str, Callable[..., str]] = {
    "text": read_text,
    "digits": _read_digits,
    "integer": _read_integer,
    "nibbles": read_nibbles,
    "asset": lambda bits: read_asset(bits, _LONGEST_ASSET),
    "date": read_date,
    "date_time": lambda bits: f"{read_date(bits)}{bits.take(5):02}{bits.take(6):02}",
    "date_range": _read_date_range,
    "precise_time": _read_precise_time,
    "country": lambda bits: BASE64[bits.take(6)] + BASE64[bits.take(6)],
    "minus": lambda bits: "-" if bits.take(1) else "",
    "sequence": _read_sequence,
    "bit": lambda bits: str(bits.take(1)),
}
