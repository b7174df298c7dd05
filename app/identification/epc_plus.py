"""The `+` schemes of TDS 2: the key as digits, then perhaps a date, a serial and other data."""

from app.identification.bits import BitReader, BitWriter
from app.identification.epc_data import read_value
from app.identification.epc_keys import NO_EXTENSION, location_elements
from app.identification.epc_text import (
    TEXT_LENGTH_BITS,
    read_asset,
    read_date,
    read_nibbles,
    read_text,
    write_asset,
    write_date,
    write_text,
)
from app.identification.reading import Elements, Refused
from app.identification.tables import DATE_KINDS, IDENTIFIERS, PlusScheme
from app.identification.values import check_value

_SSCC_BITS = 80
_LONGEST_ASSET = 30


def read_plus(scheme: PlusScheme, bits: BitReader) -> tuple[int, Elements]:
    """Filter and elements of the EPC behind the header, and of the data that follows it."""
    followed, filter_value = bits.take(1), bits.take(3)
    elements = _read_key(scheme, bits)
    if followed:
        elements += _read_data(bits)
    if not bits.rest_is_zero():
        raise Refused("epc_padding", "Bits behind the EPC are not zero.", kind="epc")
    for code, value in elements:
        check_value(IDENTIFIERS[code], value)
    return filter_value, elements


def _read_key(scheme: PlusScheme, bits: BitReader) -> Elements:
    if scheme.key == "giai":
        return (("8004", read_asset(bits, _LONGEST_ASSET)),)
    date = _read_kind_and_date(bits) if scheme.dated else ()
    digits = read_nibbles(bits, scheme.digits)
    if scheme.key == "sscc":
        return (("00", digits),)
    serial = read_text(bits, TEXT_LENGTH_BITS, scheme.serial_chars)
    if scheme.key == "grai":
        return (("8003", digits + serial),)
    if scheme.key == "sgln":
        return location_elements(digits, serial)
    return (("01", digits), ("21", serial), *date)


def _read_kind_and_date(bits: BitReader) -> Elements:
    kind = bits.take(4)
    if kind >= len(DATE_KINDS):
        raise Refused("epc_data", "The EPC has a kind of date that does not exist.", kind="epc")
    return ((DATE_KINDS[kind], read_date(bits)),)


def _read_data(bits: BitReader) -> Elements:
    """AI after AI until only zeros are left; eight zero bits are AI 00 only if it can follow."""
    elements = []
    while bits.left >= 8 and not bits.rest_is_zero():  # noqa: PLR2004 - the shortest AI
        code = _read_code(bits)
        if code == "00" and bits.left < _SSCC_BITS - 8:
            raise Refused("epc_padding", "Bits behind the EPC are not zero.", kind="epc")
        elements.append((code, read_value(code, bits)))
    return tuple(elements)


def _read_code(bits: BitReader) -> str:
    code = read_nibbles(bits, 2)
    while code not in IDENTIFIERS:
        if len(code) == len("3103"):
            raise Refused("unknown_ai", f"There is no application identifier {code}.", kind="epc")
        code += read_nibbles(bits, 1)
    return code


def write_plus(
    scheme: PlusScheme, filter_value: int, elements: Elements, date: tuple[str, str] | None
) -> str:
    """The tag's hex digits; only DSGTIN+ takes a date, and it must have one."""
    if scheme.dated != (date is not None):
        raise Refused("epc_data", "Only the dated scheme takes a date, and needs it.", kind="epc")
    bits = BitWriter()
    bits.put(int(scheme.header, 16), 8)
    bits.put(filter_value, 4)
    if date is not None:
        _write_kind_and_date(bits, date)
    _write_key(scheme, dict(elements), bits)
    return bits.hex()


def _write_kind_and_date(bits: BitWriter, date: tuple[str, str]) -> None:
    code, digits = date
    if code not in DATE_KINDS:
        raise Refused("epc_data", f"({code}) is not a date this scheme takes.", kind="epc")
    if len(digits) != len("261231"):
        raise Refused("epc_data", "The date is not YYMMDD.", kind="epc")
    check_value(IDENTIFIERS[code], digits)
    bits.put(DATE_KINDS.index(code), 4)
    write_date(bits, digits)


def _write_key(scheme: PlusScheme, values: dict[str, str], bits: BitWriter) -> None:
    match scheme.key:
        case "giai":
            write_asset(bits, values["8004"])
        case "sscc":
            _write_digits(bits, values["00"])
        case "grai":
            _write_digits(bits, values["8003"][:14])
            write_text(bits, values["8003"][14:], TEXT_LENGTH_BITS)
        case "sgln":
            _write_digits(bits, values["414"])
            write_text(bits, values.get("254", NO_EXTENSION), TEXT_LENGTH_BITS)
        case _:
            _write_digits(bits, values["01"])
            write_text(bits, values["21"], TEXT_LENGTH_BITS)


def _write_digits(bits: BitWriter, digits: str) -> None:
    bits.put(int(digits, 16), 4 * len(digits))
