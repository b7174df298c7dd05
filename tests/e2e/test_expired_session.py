"""The session ends while the queue is full: the work arrives, the worker goes on."""

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, SKUS, House, Installation

MUG, OTHER_BIN = "Ceramic mug white", "D-08-3"
PIECES = 5


def test_an_expired_session_strands_nothing(
    scanner: GiveScanner, house: House, installation: Installation
) -> None:
    """The queue belongs to the device; only what needs a person asks for one."""
    rosa = scanner("B-100")
    rosa.door("receive")
    rosa.scan("DOCK-1", "Dock DOCK-1")
    rosa.scan("PO-1001", "Order PO-1001")
    rosa.wire.cut()
    for n in range(1, PIECES + 1):
        rosa.scan_again(GTINS[MUG], f"{n} × {MUG}")
    rosa.unsent(PIECES)
    house.expire_sessions()
    rosa.wire.mend()
    rosa.drained()
    house.assert_holds_once(rosa.journal())
    assert house.on_hand(SKUS[MUG], "DOCK-1") == PIECES

    rosa.door("putaway")
    rosa.scan(GTINS[MUG], "Scan the bin")
    rosa.key_in(PIECES)
    rosa.scan(OTHER_BIN)
    rosa.shows("instruction", "Scan your badge")
    rosa.unlock("B-100", installation.pin)
    rosa.shows("goods", MUG)
    rosa.shows("quantity-value", str(PIECES))
    rosa.scan_again(OTHER_BIN, f"in {OTHER_BIN}")
    rosa.drained()
    house.assert_holds_once(rosa.journal())
    assert house.on_hand(SKUS[MUG], OTHER_BIN) == PIECES
