"""A film for a camera that is a file: labels held before it one after the other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zxingcpp

WIDTH, HEIGHT, PER_SECOND = 640, 480, 5
HELD, GONE = 8, 2  # frames
WALL = 235  # white, as video writes it
GREY = bytes([128]) * (WIDTH * HEIGHT // 2)


@dataclass(frozen=True)
class Label:
    """One printed code, and what a camera must make of it."""

    content: str
    format: zxingcpp.BarcodeFormat
    data: str
    symbology: str
    scale: int = 4

    def rows(self) -> Iterator[bytes]:
        """Draw it as lines of light and dark, one byte a dot."""
        gs1 = self.symbology in {"]C1", "]d2"}
        drawn = zxingcpp.create_barcode(self.content, self.format, gs1=gs1)
        image: Any = drawn.to_image(scale=self.scale, add_quiet_zones=True)
        picture = memoryview(image)
        across = image.shape[1]
        dots = picture.tobytes().replace(b"\xff", bytes([WALL])).replace(b"\x00", bytes([16]))
        return (dots[start : start + across] for start in range(0, len(dots), across))


def frame(lines: Iterable[bytes]) -> bytes:
    """Put a picture into the middle of a white wall."""
    held = list(lines)
    above = (HEIGHT - len(held)) // 2
    below = HEIGHT - len(held) - above
    empty = bytes([WALL]) * WIDTH
    wall = [line.center(WIDTH, bytes([WALL])) for line in held]
    assert all(len(line) == WIDTH for line in wall), "the label is wider than the picture"
    return b"FRAME\n" + empty * above + b"".join(wall) + empty * below + GREY


def shoot(labels: Iterable[Label], path: Path) -> Path:
    """Film the labels; a camera plays the film again and again."""
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for label in labels:
            film.write(frame([]) * GONE)
            film.write(frame(label.rows()) * HELD)
    return path
