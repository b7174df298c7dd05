"""An RFID sled: the trigger is held, and tags come in bursts."""

from app.demo.cast import GOODS, gtin
from app.identification import encode_epc
from tests.e2e.scanner import Scanner
from tests.e2e.wedge import Wedge

BLANK = "E28011606000020000000B17"  # a tag that nobody has written


def tag(goods: str, serial: int) -> str:
    """What is written on the tag of one piece."""
    number = [name for name, _ in GOODS].index(goods) + 1
    code = f"0{gtin(number)}"
    pure = f"urn:epc:id:sgtin:{code[1:8]}.{code[0]}{code[8:13]}.{serial}"
    return encode_epc(pure, "sgtin-96", 1)


def burst(scanner: Scanner, *tags: str) -> None:
    """Pull the trigger: every tag several times, in one piece, as a sled injects it."""
    Wedge(scanner.page).injects(" ".join([*tags, *tags, *reversed(tags)]))
