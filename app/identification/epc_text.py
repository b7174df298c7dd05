"""Numbers, texts and dates in the bits of a `+` tag (TDS 2, section 14.5)."""

from app.identification.bits import BitReader, BitWriter, bits_of_digits
from app.identification.check_digits import is_digits
from app.identification.reading import Refused
from app.identification.tables import CHARACTERS

BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_UPPER_HEX = "0123456789ABCDEF"
_LOWER_HEX = "0123456789abcdef"
_CODE_40 = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ-.:0123456789"
_ENDS, _CONTINUES = 0xF, 0xE
INDICATOR_BITS = 3
TEXT_LENGTH_BITS = 5
# Encoding indicator → alphabet and bits of one character, where they are independent.
_ALPHABETS = {1: (_UPPER_HEX, 4), 2: (_LOWER_HEX, 4), 3: (BASE64, 6)}
_NUMERIC, _ASCII, _TRIPLETS = 0, 4, 5


def wrong_data(message: str) -> Refused:
    return Refused("epc_data", message, kind="epc")


def read_nibbles(bits: BitReader, count: int) -> str:
    digits = f"{bits.take(4 * count):0{count}x}"
    if not is_digits(digits):
        raise wrong_data("The EPC holds a digit above nine.")
    return digits


def read_text(bits: BitReader, length_bits: int, longest: int) -> str:
    """Encoding indicator, length, characters."""
    indicator, length = bits.take(INDICATOR_BITS), bits.take(length_bits)
    if not 0 < length <= longest:
        raise wrong_data("The EPC holds a text of impossible length.")
    if indicator == _NUMERIC:
        return read_number(bits, length)
    if indicator == _ASCII:
        return _checked("".join(chr(bits.take(7)) for _ in range(length)))
    if indicator == _TRIPLETS:
        return _read_triplets(bits, length)
    if indicator not in _ALPHABETS:
        raise wrong_data("The EPC uses a reserved encoding.")
    alphabet, size = _ALPHABETS[indicator]
    return "".join(alphabet[bits.take(size)] for _ in range(length))


def read_number(bits: BitReader, digits: int) -> str:
    value = bits.take(bits_of_digits(digits))
    if value >= 10**digits:
        raise wrong_data("The EPC holds a number with too many digits.")
    return str(value).zfill(digits)


def _checked(text: str) -> str:
    if text.strip(CHARACTERS["X"] + "#"):
        raise wrong_data("The EPC holds a character it may not.")
    return text


def _read_triplets(bits: BitReader, length: int) -> str:
    """Three characters of forty in sixteen bits; the last group is filled with zeros."""
    text = ""
    while len(text) < length:
        value = bits.take(16) - 1
        if not 0 <= value < len(_CODE_40) ** 3:
            raise wrong_data("The EPC holds an impossible group of characters.")
        text += _CODE_40[value // 1600] + _CODE_40[value // 40 % 40] + _CODE_40[value % 40]
    text, fill = text[:length], text[length:]
    if "\0" in text or fill.strip("\0"):
        raise wrong_data("The EPC holds a group of characters that ends too early.")
    return text


def read_asset(bits: BitReader, longest: int) -> str:
    """Digits up to a nibble that ends the value or hands over to a text."""
    digits = ""
    while (nibble := bits.take(4)) < _CONTINUES:
        if nibble > 9 or len(digits) == longest:  # noqa: PLR2004 - a decimal digit
            raise wrong_data("The EPC holds a digit above nine.")
        digits += str(nibble)
    if nibble == _ENDS:
        return digits
    return digits + read_text(bits, TEXT_LENGTH_BITS, longest - len(digits))


def read_date(bits: BitReader) -> str:
    year, month, day = bits.take(7), bits.take(4), bits.take(5)
    if year > 99:  # noqa: PLR2004 - two digits
        raise wrong_data("The EPC holds an impossible year.")
    return f"{year:02}{month:02}{day:02}"


def write_text(bits: BitWriter, text: str, length_bits: int) -> None:
    """Write with the encoding that needs the fewest bits."""
    if is_digits(text):
        _head(bits, _NUMERIC, text, length_bits)
        bits.put(int(text), bits_of_digits(len(text)))
        return
    for indicator, (alphabet, size) in _ALPHABETS.items():
        if not text.strip(alphabet) and not _prefers_triplets(text, size):
            _head(bits, indicator, text, length_bits)
            for character in text:
                bits.put(alphabet.index(character), size)
            return
    if not text.strip(_CODE_40[1:]) and _prefers_triplets(text, 7):
        _write_triplets(bits, text, length_bits)
        return
    _head(bits, _ASCII, text, length_bits)
    for character in text:
        bits.put(ord(character), 7)


def _head(bits: BitWriter, indicator: int, text: str, length_bits: int) -> None:
    bits.put(indicator, INDICATOR_BITS)
    bits.put(len(text), length_bits)


def _prefers_triplets(text: str, size: int) -> bool:
    return not text.strip(_CODE_40[1:]) and 16 * -(-len(text) // 3) < size * len(text)


def _write_triplets(bits: BitWriter, text: str, length_bits: int) -> None:
    _head(bits, _TRIPLETS, text, length_bits)
    for at in range(0, len(text), 3):
        first, second, third = map(_CODE_40.index, text[at : at + 3].ljust(3, "\0"))
        bits.put(1600 * first + 40 * second + third + 1, 16)


def write_asset(bits: BitWriter, text: str) -> None:
    tail = text.lstrip(CHARACTERS["N"])
    digits = text[: len(text) - len(tail)]
    for digit in digits:
        bits.put(int(digit), 4)
    bits.put(_CONTINUES if tail else _ENDS, 4)
    if tail:
        write_text(bits, tail, TEXT_LENGTH_BITS)


def write_date(bits: BitWriter, date: str) -> None:
    for at, size in ((0, 7), (2, 4), (4, 5)):
        bits.put(int(date[at : at + 2]), size)
