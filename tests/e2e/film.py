"""A film for a camera that is a file: labels held before it one after the other."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageFilter

WIDTH, HEIGHT, PER_SECOND = 640, 480, 5
HELD, GONE = 8, 2  # frames
WALL = 235  # white, as video writes it
GREY = bytes([128]) * (WIDTH * HEIGHT // 2)
SEED = 20_261_122


@dataclass(frozen=True)
class Label:
    """One printed code, how it is held, and what a camera must make of it."""

    content: str
    format: zxingcpp.BarcodeFormat
    data: str
    symbology: str
    scale: int = 4
    angle: float = 0.0  # degrees
    noise: int = 0  # how far a dot may be off, of 255
    blur: float = 0.0  # dots
    light: float = 1.0  # how much of it reaches the camera

    def picture(self) -> Image.Image:
        """Draw it as it is printed."""
        gs1 = self.symbology in {"]C1", "]d2"}
        drawn = zxingcpp.create_barcode(self.content, self.format, gs1=gs1)
        image: Any = drawn.to_image(scale=self.scale, add_quiet_zones=True)
        size = image.shape[1], image.shape[0]
        return Image.frombytes("L", size, memoryview(image).tobytes())

    def held(self) -> Image.Image:
        """Hold it before a white wall, turned, in bad light."""
        turned = self.picture().rotate(
            self.angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255
        )
        assert turned.width <= WIDTH, "the label is wider than the picture"
        assert turned.height <= HEIGHT, "the label is higher than the picture"
        wall = Image.new("L", (WIDTH, HEIGHT), 255)
        wall.paste(turned, ((WIDTH - turned.width) // 2, (HEIGHT - turned.height) // 2))
        if self.blur:
            wall = wall.filter(ImageFilter.GaussianBlur(self.blur))
        return wall.point(lambda dot: 16 + (WALL - 16) * dot / 255 * self.light)


def frame(label: Label | None, dice: random.Random) -> bytes:
    """Take one picture; noise is another one every time."""
    dots = label.held().tobytes() if label else bytes([WALL]) * (WIDTH * HEIGHT)
    if label and label.noise:
        grain = bytes(dice.choices(range(2 * label.noise + 1), k=len(dots)))
        pairs = zip(dots, grain, strict=True)
        dots = bytes(min(max(dot + off - label.noise, 16), WALL) for dot, off in pairs)
    return b"FRAME\n" + dots + GREY


def shoot(labels: Iterable[Label], path: Path) -> Path:
    """Film the labels; a camera plays the film again and again."""
    dice = random.Random(SEED)
    with path.open("wb") as film:
        film.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F{PER_SECOND}:1 Ip A1:1 C420jpeg\n".encode())
        for label in labels:
            film.writelines(frame(None, dice) for _ in range(GONE))
            film.writelines(frame(label, dice) for _ in range(HELD))
    return path
