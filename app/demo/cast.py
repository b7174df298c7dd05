"""Who works behind which door of the demo site, and the codes the building is labelled with."""

import random
from dataclasses import dataclass

from app.identification.check_digits import check_digit

OFFICE = "office"
AISLES, BAYS, LEVELS = "ABCD", 8, 3


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody of the demo site."""

    badge: str
    name: str
    roles: tuple[str, ...]


ROSA = Part("B-100", "Rosa Receiver", ("receiver",))
PAUL = Part("B-200", "Paul Picker", ("picker", "packer"))
CORA = Part("B-300", "Cora Counter", ("counter",))
ALEX = Part("B-400", "Alex Allround", ("receiver", "picker", "counter", "packer"))
SAM = Part("B-900", "Sam Supervisor", ("supervisor", "admin"))
PEOPLE = (ROSA, PAUL, CORA, ALEX, SAM)
CAST = {"receive": ROSA, "putaway": ROSA, "pick": PAUL, "count": CORA}

GOODS = (
    ("Green tea 20 bags", "none"),
    ("Black tea 50 bags", "none"),
    ("Ground coffee 500 g", "lot"),
    ("Oat milk 1 l", "lot"),
    ("Desk lamp", "none"),
    ("Wool blanket", "none"),
    ("Ceramic mug white", "none"),
    ("Ceramic mug blue", "none"),
    ("Cutting board", "none"),
    ("Kitchen knife", "none"),
    ("Bath towel", "none"),
    ("Hand soap 300 ml", "lot"),
    ("Candle vanilla", "none"),
    ("Picture frame A4", "none"),
    ("Notebook ruled", "none"),
    ("Pencil set 12", "none"),
    ("Cordless drill", "serial"),
    ("Toolbox", "none"),
    ("Garden gloves", "none"),
    ("Flower pot 20 cm", "none"),
)
COFFEE = 3
LOT, EXPIRY = "L2609", "271231"


def gtin(n: int) -> str:
    """A GTIN-13 of the demonstration range 952, as 13 digits."""
    body = f"952{n:09d}"
    return f"{body}{check_digit(body)}"


def sscc(n: int) -> str:
    """An SSCC of the same range."""
    body = f"0952{n:013d}"
    return f"{body}{check_digit(body)}"


def case_gtin(n: int) -> str:
    """The GTIN-14 of a case: indicator 1, the same item, its own check digit."""
    body = f"1952{n:09d}"
    return f"{body}{check_digit(body)}"


def case_label(n: int) -> str:
    """The element string of a GS1 case label: item in its case, expiry, lot."""
    return f"01{case_gtin(n)}17{EXPIRY}10{LOT}"


def homes() -> dict[int, str]:
    """The bin of each item without lots or serials: the same in every demo site."""
    bins = [f"{aisle}-{bay:02d}-1" for aisle in AISLES for bay in range(1, BAYS + 1)]
    untracked = [n for n, (_, tracking) in enumerate(GOODS, start=1) if tracking == "none"]
    chosen = random.Random(7).sample(bins, len(untracked))  # noqa: S311 - a demo, not a secret
    return dict(zip(untracked, chosen, strict=True))
