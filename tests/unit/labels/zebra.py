"""A label printer made of paper: it obeys the commands of ZPL II that we send, and no others.

Nothing here is shared with the writer: bars come from reportlab's table of Code 128, EAN-13 from
its own encoder, and every command is parsed as the programming guide describes it.
"""

import re
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont
from reportlab.graphics.barcode import code128
from reportlab.graphics.barcode.eanbc import Ean13BarcodeWidget as Ean

COMMAND = re.compile(r"\^(XA|XZ|CI|PW|LL|LH|FO|FT|A0|BY|BC|BE|GF|GB|FH|FD|FS|PQ)")
# Table 6 of the guide: what follows ">" and the value it stands for.
INVOKED = {
    "<": 62, "0": 30, "=": 94, "1": 95, "2": 96, "3": 97, "4": 98, "5": 99, "6": 100,
    "7": 101, "8": 102, "9": 103, ":": 104, ";": 105,
}  # fmt: skip
STOP = 106
# Their tables, which the published types do not know.
PATTERNS: dict[int, str] = vars(code128)["_patterns"]
PARITY: dict[str, tuple[int, ...]] = vars(Ean)["_lhconvert"]
LEFT: tuple[tuple[str, ...], ...] = vars(Ean)["_left"]
RIGHT: tuple[str, ...] = vars(Ean)["_right"]


class NotUnderstood(AssertionError):
    """A printer would do something else than we mean, or nothing."""


@dataclass
class Printed:
    """One label as it comes out, and how many of it."""

    picture: Image.Image
    copies: int
    words: list[str]


@dataclass
class Head:
    """What the printer remembers between commands."""

    at: tuple[int, int] = (0, 0)
    module: int = 2
    font: int = 10
    hexadecimal: bool = False
    bar: tuple[str, int] | None = None
    words: list[str] = field(default_factory=list)


def printed(zpl: str) -> list[Printed]:
    """Print a stream of formats."""
    if not zpl.isascii():
        raise NotUnderstood("eight bits")
    return [_label(part) for part in re.findall(r"\^XA(.*?)\^XZ", zpl, re.DOTALL)]


def _label(text: str) -> Printed:
    size, copies, head = [0, 0], 1, Head()
    picture = Image.new("L", (1, 1), 255)
    for name, told in _commands(text):
        if name == "PW":
            size[0] = int(told)
        elif name == "LL":
            size[1] = int(told)
            picture = Image.new("L", (size[0], size[1]), 255)
        elif name == "PQ":
            copies = int(told.split(",")[0])
        elif name == "CI":
            assert told == "28", told
        elif name == "LH":
            assert told == "0,0", told
        else:
            _draw(picture, head, name, told)
    return Printed(picture, copies, head.words)


def _commands(text: str) -> list[tuple[str, str]]:
    """Split a format; what is not a command we know is not allowed to begin with ^ or ~."""
    parts = COMMAND.split(text)
    assert "".join(parts[0].split()) == "", parts[0]
    found = list(zip(parts[1::2], parts[2::2], strict=True))
    for name, told in found:
        if "^" in told or "~" in told:
            raise NotUnderstood(f"{name}{told}")
    return [(name, told if name == "FD" else told.strip()) for name, told in found]


def _draw(picture: Image.Image, head: Head, name: str, told: str) -> None:
    numbers = [part for part in told.split(",") if name != "FD"]
    if name in {"FO", "FT"}:
        head.at = (int(numbers[0]), int(numbers[1]))
        assert 0 <= head.at[0] < picture.width, "beyond the label"
        assert 0 <= head.at[1] < picture.height, "beyond the label"
    elif name == "BY":
        head.module = int(numbers[0])
        assert 1 <= head.module <= 10
    elif name == "A0":
        assert numbers[0] == "N"
        head.font, head.bar = int(numbers[1]), None
    elif name in {"BC", "BE"}:
        assert numbers[0] == "N"
        assert numbers[2] == "N", "our own line stands below"
        head.bar = (name, int(numbers[1]))
    elif name == "FH":
        assert told == "_"
        head.hexadecimal = True
    elif name == "GB":
        _box(picture, head, [int(part) for part in numbers])
    elif name == "GF":
        _graphic(picture, head, told)
    elif name == "FD":
        _field(picture, head, told)
    elif name == "FS":
        head.hexadecimal, head.bar = False, None


def _field(picture: Image.Image, head: Head, told: str) -> None:
    data = _unhex(told) if head.hexadecimal else told
    draw = ImageDraw.Draw(picture)
    if head.bar is None:
        font = ImageFont.load_default(head.font * 0.8)  # the printer's own is condensed as well
        draw.text(head.at, data, 0, font, anchor="ls")
        head.words.append(data)
        return
    name, height = head.bar
    modules = _code128(data) if name == "BC" else _ean13(data)
    for n, dark in enumerate(modules):
        if dark:
            x = head.at[0] + n * head.module
            draw.rectangle((x, head.at[1], x + head.module - 1, head.at[1] + height - 1), 0)
    assert head.at[0] + len(modules) * head.module <= picture.width, "beyond the label"


def _unhex(told: str) -> str:
    raw = re.sub(rb"_([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), told.encode())
    return raw.decode()


def _code128(data: str) -> list[bool]:
    """Field data of ^BC in mode N: subset B unless it says otherwise, pairs of digits in C."""
    values: list[int] = []
    subset, rest = "", data
    while rest:
        if rest[0] == ">":
            value, rest = INVOKED[rest[1]], rest[2:]
            subset = {103: "A", 104: "B", 105: "C"}.get(value, subset)
            if values and value in {99, 100}:
                subset = "C" if value == 99 else "B"
        elif subset == "C":
            value, rest = int(rest[:2]), rest[2:]
        else:
            assert subset == "B"
            value, rest = ord(rest[0]) - 32, rest[1:]
        values.append(value)
    check = (values[0] + sum(n * value for n, value in enumerate(values))) % 103
    return _modules([*values, check, STOP])


def _modules(values: list[int]) -> list[bool]:
    modules: list[bool] = []
    for value in values:
        for letter in PATTERNS[value]:  # BaBbBb: capitals are bars, a is one module wide
            modules += [letter.isupper()] * (ord(letter.lower()) - ord("a") + 1)
    return modules


def _ean13(data: str) -> list[bool]:
    assert len(data) == 12, "the printer adds the check digit"
    check = -sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(data)) % 10
    parity = PARITY[data[0]]
    left = "".join(LEFT[parity[n]][int(digit)] for n, digit in enumerate(data[1:7]))
    right = "".join(RIGHT[int(digit)] for digit in f"{data[7:]}{check}")
    return [bit == "1" for bit in f"101{left}01010{right}101"]


def _box(picture: Image.Image, head: Head, told: list[int]) -> None:
    width, height, thick = told
    draw = ImageDraw.Draw(picture)
    x, y = head.at
    assert x + width <= picture.width, "beyond the label"
    assert thick == min(width, height), "we draw nothing hollow"
    draw.rectangle((x, y, x + width - 1, y + height - 1), 0)


def _graphic(picture: Image.Image, head: Head, told: str) -> None:
    kind, size, total, wide, content = told.split(",", 4)
    assert kind == "A"
    columns = int(wide)
    rows: list[bytes] = []
    while content:
        if content[0] == ":":  # the row above again
            rows.append(rows[-1])
            content = content[1:]
        else:
            rows.append(bytes.fromhex(content[: columns * 2]))
            content = content[columns * 2 :]
    assert int(size) == int(total) == columns * len(rows)
    for y, line in enumerate(rows):
        for x in range(columns * 8):
            if line[x // 8] & (0x80 >> x % 8):
                picture.putpixel((head.at[0] + x, head.at[1] + y), 0)
