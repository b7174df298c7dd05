"""Marks as ZPL II for label printers with 203 or 300 dots an inch.

Linear symbols are the printer's own, with every Code 128 subset named, so that the printed symbol
is exactly the one that was measured; squares and arrows are sent as dots.
"""

import math
from collections.abc import Iterator

from PIL import Image, ImageDraw

from app.labels.composing import DOTS, Block, Mark, Symbol, Words
from app.labels.paper import Job
from app.labels.symbols import characters

# Code 128 values as ^BC spells them: subset changes, FNC1, starts, and the signs ZPL keeps.
SPELLED = {99: ">5", 100: ">6", 102: ">8", 104: ">:", 105: ">;"}
IN_B = {30: ">0", 62: "><", 94: ">="}  # > ^ ~
START_C, TO_B, TO_C, FNC1 = 105, 100, 99, 102
KEPT = "^~_\\"  # what ZPL would not print as it stands
FIRST_SIGN = 32  # Code 128 B begins with the blank


def zpl(job: Job) -> str:
    """Write a job for a roll printer; 7-bit text, one format a label."""
    return "".join(_format(marks, job) for marks in job.composed())


def _format(marks: tuple[Mark, ...], job: Job) -> str:
    dots = DOTS[job.dpi or 203]
    width, height = (round(side * dots) for side in job.media.label)
    drawn = "".join(line for mark in marks for line in _mark(mark, dots))
    return f"^XA^CI28^PW{width}^LL{height}^LH0,0\n{drawn}^PQ{job.copies},0,0,N^XZ\n"


def _mark(mark: Mark, dots: float) -> Iterator[str]:
    match mark:
        case Words():
            size = max(round(mark.size * dots), 10)  # the smallest the font has
            at = f"{round(mark.left * dots)},{round(mark.base * dots)}"
            yield f"^FT{at}^A0N,{size}^FH_^FD{escaped(mark.text)}^FS\n"
        case Symbol() if not mark.bars.linear:
            yield _square(mark, dots)
        case Symbol():
            yield _linear(mark, dots)
        case Block():
            yield _polygon(mark, dots)


def escaped(text: str) -> str:
    """Spell what is a command to the printer, or not ASCII, as bytes of UTF-8."""
    return "".join(
        letter
        if letter.isascii() and letter.isprintable() and letter not in KEPT
        else "".join(f"_{byte:02X}" for byte in letter.encode())
        for letter in text
    )


def _linear(mark: Symbol, dots: float) -> str:
    at = f"^FO{round(mark.left * dots)},{round(mark.top * dots)}^BY{round(mark.module * dots)},2"
    height = round(mark.height * dots)
    if mark.code.symbology == "ean13":  # the printer adds the check digit
        return f"{at}^BEN,{height},N,N^FD{mark.code.data[:12]}^FS\n"
    return f"{at}^BCN,{height},N,N,N,N^FD{spelled(characters(mark.code))}^FS\n"


def spelled(values: list[int]) -> str:
    """Write Code 128 values as field data of ^BC in mode N."""
    in_c = values[0] == START_C
    out = [SPELLED[values[0]]]
    for value in values[1:]:
        if value == FNC1:
            out.append(SPELLED[value])
        elif in_c:
            out.append(SPELLED[value] if value == TO_B else f"{value:02d}")
        else:
            sign = SPELLED[value] if value == TO_C else IN_B.get(value)
            out.append(sign or chr(value + FIRST_SIGN))
        in_c = (value != TO_B) if in_c else (value == TO_C)
    return "".join(out)


def _square(mark: Symbol, dots: float) -> str:
    module = round(mark.module * dots)
    side = mark.bars.dark
    picture = Image.new("1", (side, side))
    picture.putdata([int(dark) for row in mark.bars.rows for dark in row])
    large = picture.resize((side * module, side * module), Image.Resampling.NEAREST)
    return _graphic(large, round(mark.left * dots), round(mark.top * dots))


def _polygon(mark: Block, dots: float) -> str:
    points = [(x * dots, y * dots) for x, y in mark.points]
    left, top = (math.floor(min(each)) for each in zip(*points, strict=True))
    right, bottom = (math.ceil(max(each)) for each in zip(*points, strict=True))
    if len(points) == 4 and len(set(points)) == 4:  # noqa: PLR2004 - a rule is a box
        size = (max(right - left, 1), max(round(points[2][1] - points[0][1]), 1))
        return f"^FO{left},{top}^GB{size[0]},{size[1]},{min(size)}^FS\n"
    picture = Image.new("1", (right - left + 1, bottom - top + 1))
    ImageDraw.Draw(picture).polygon([(x - left, y - top) for x, y in points], 1)
    return _graphic(picture, left, top)


def _graphic(picture: Image.Image, left: int, top: int) -> str:
    """Dots as hexadecimal; a row that is the one above again is a colon."""
    wide = (picture.width + 7) // 8
    content = picture.tobytes().hex().upper()
    rows = [content[at : at + 2 * wide] for at in range(0, len(content), 2 * wide)]
    told = (":" if n and row == rows[n - 1] else row for n, row in enumerate(rows))
    size = wide * picture.height
    return f"^FO{left},{top}^GFA,{size},{size},{wide},{''.join(told)}^FS\n"
