"""Binary EPCs with a partition table: SGTIN-96 to GIAI-202, both ways."""

from app.identification.bits import BitReader, BitWriter
from app.identification.check_digits import is_digits
from app.identification.epc_keys import KeyParts, is_text
from app.identification.reading import Refused
from app.identification.tables import CHARACTERS, Partition, Scheme

_TEXT = frozenset(CHARACTERS["X"])
_CHARACTER_BITS = 7


def read_parts(scheme: Scheme, bits: BitReader) -> tuple[int, KeyParts]:
    """Filter and parts of the EPC behind the header."""
    filter_value, partition_value = bits.take(3), bits.take(3)
    if partition_value >= len(scheme.partitions):
        raise Refused("epc_partition", "The EPC has a partition that does not exist.", kind="epc")
    partition = scheme.partitions[partition_value]
    prefix = _padded(bits.take(partition.prefix_bits), partition.prefix_digits)
    reference = _read_reference(scheme, partition, bits)
    serial = _read_serial(scheme, bits)
    if not bits.rest_is_zero():
        raise Refused("epc_padding", "Bits behind the EPC are not zero.", kind="epc")
    return filter_value, KeyParts(scheme.key, prefix, reference, serial)


def _padded(value: int, digits: int) -> str:
    if value >= 10**digits:
        raise Refused("epc_range", "A field of the EPC has more digits than it may.", kind="epc")
    return str(value).zfill(digits) if digits else ""


def _read_reference(scheme: Scheme, partition: Partition, bits: BitReader) -> str:
    raw = bits.take(partition.reference_bits)
    if scheme.serial == "reference_text":
        return _text(raw, partition.reference_bits)
    if scheme.serial == "reference_integer":
        return _padded(raw, partition.reference_digits).lstrip("0") or "0"
    return _padded(raw, partition.reference_digits)


def _read_serial(scheme: Scheme, bits: BitReader) -> str | None:
    raw = bits.take(scheme.serial_bits)
    if scheme.serial == "integer":
        return str(raw)
    if scheme.serial == "text":
        return _text(raw, scheme.serial_bits)
    if raw:
        raise Refused("epc_padding", "Reserved bits of the EPC are not zero.", kind="epc")
    return None


def _text(raw: int, size: int) -> str:
    """Seven-bit characters, then only zeros."""
    found = ""
    while raw & ((1 << size) - 1):
        if size < _CHARACTER_BITS:
            raise Refused("epc_padding", "Bits behind the serial are not zero.", kind="epc")
        size -= _CHARACTER_BITS
        character = chr((raw >> size) & 0x7F)
        if character not in _TEXT:
            raise Refused("epc_text", "The EPC holds a character it may not.", kind="epc")
        found += character
    if not found:
        raise Refused("epc_text", "The serial of the EPC is empty.", kind="epc")
    return found


def write_parts(scheme: Scheme, filter_value: int, parts: KeyParts) -> str:
    """The tag's hex digits."""
    number = next(
        number
        for number, row in enumerate(scheme.partitions)
        if row.prefix_digits == len(parts.prefix)
    )
    partition = scheme.partitions[number]
    bits = BitWriter()
    bits.put(int(scheme.header, 16), 8)
    bits.put(filter_value, 3)
    bits.put(number, 3)
    bits.put(int(parts.prefix), partition.prefix_bits)
    _write_reference(scheme, partition, parts.reference, bits)
    _write_serial(scheme, parts.serial or "", bits)
    return bits.hex()


def _write_reference(scheme: Scheme, partition: Partition, reference: str, bits: BitWriter) -> None:
    size = partition.reference_bits
    if scheme.serial == "reference_text":
        bits.put(_packed(reference, size, partition.reference_digits), size)
    elif scheme.serial == "reference_integer":
        bits.put(_number(reference, size, partition.reference_digits), size)
    else:
        bits.put(int(reference or "0"), size)


def _write_serial(scheme: Scheme, serial: str, bits: BitWriter) -> None:
    size = scheme.serial_bits
    if scheme.serial == "integer":
        bits.put(_number(serial, size, len(str(1 << size))), size)
    elif scheme.serial == "text":
        bits.put(_packed(serial, size, scheme.serial_chars), size)
    else:
        bits.put(0, size)


def _number(text: str, size: int, digits: int) -> int:
    """Integers drop leading zeros, so a text with them would not come back."""
    if not is_digits(text) or (text[0] == "0" and text != "0") or len(text) > digits:
        raise Refused("epc_range", "This scheme holds a number without leading zeros.", kind="epc")
    value = int(text)
    if value >= 1 << size:
        raise Refused("epc_range", "The number is too large for this scheme.", kind="epc")
    return value


def _packed(text: str, size: int, longest: int) -> int:
    if not is_text(text) or len(text) > longest:
        raise Refused("epc_range", "The text is too long for this scheme.", kind="epc")
    value = 0
    for character in text:
        value = value << _CHARACTER_BITS | ord(character)
    return value << (size - _CHARACTER_BITS * len(text))
