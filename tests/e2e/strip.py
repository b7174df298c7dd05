"""The few pictures that are kept: the strip in the README and the manifest's screenshots."""

from pathlib import Path

from PIL import Image

STRIP = {
    "pick": "floor-pick-goods-360x640-light",
    "wrong": "floor-pick-wrong-item-360x640-light",
    "offline": "floor-offline-360x640-light",
    "count": "floor-count-goods-360x640-light",
    "now": "office-now-light",
}
COLOURS = 64


def paste(taken: Path, kept: Path) -> None:
    """Renew them from pictures that were just taken, with few colours so that they stay small."""
    kept.mkdir(parents=True, exist_ok=True)
    for name, picture in STRIP.items():
        with Image.open(taken / f"{picture}.png") as image:
            image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
                kept / f"{name}.png", optimize=True
            )
