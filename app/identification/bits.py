"""Reading and writing the bits of a tag."""

from dataclasses import dataclass
from functools import cache

from app.identification.reading import Refused

_WORD = 16


@dataclass(slots=True)
class BitReader:
    """The bits of a tag, read from the left."""

    value: int
    size: int
    at: int = 0

    @classmethod
    def of_hex(cls, digits: str) -> "BitReader":
        return cls(int(digits, 16), 4 * len(digits))

    @property
    def left(self) -> int:
        return self.size - self.at

    def take(self, count: int) -> int:
        self.at += count
        if self.at > self.size:
            raise Refused("epc_truncated", "The tag ends before its EPC does.", kind="epc")
        return (self.value >> (self.size - self.at)) & ((1 << count) - 1)

    def rest_is_zero(self) -> bool:
        return self.value & ((1 << self.left) - 1) == 0


@dataclass(slots=True)
class BitWriter:
    """Bits to be written to a tag, appended at the right."""

    value: int = 0
    size: int = 0

    def put(self, value: int, count: int) -> None:
        self.value = (self.value << count) | value
        self.size += count

    def hex(self) -> str:
        """Upper-case, filled with zero bits to whole 16-bit words as tags store them."""
        fill = -self.size % _WORD
        return f"{self.value << fill:0{(self.size + fill) // 4}X}"


@cache
def bits_of_digits(count: int) -> int:
    """Bits that hold every decimal number of so many digits."""
    return int(10**count - 1).bit_length()
