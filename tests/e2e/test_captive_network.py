"""Somebody else answers in the server's place: said in words, tried again, nothing lost."""

from playwright.sync_api import expect

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, House

BIN, MUG = "D-08-3", "Ceramic mug white"


def test_a_strange_answer_is_not_taken_for_the_servers(scanner: GiveScanner, house: House) -> None:
    """The page of a hotspot is no acknowledgement; the queue goes out when it is gone."""
    cora = scanner("B-300")
    cora.door("count")
    cora.wire.captivate()
    cora.scan(BIN, f"Count {BIN}")
    cora.scan(GTINS[MUG], f"1 × {MUG} noted")
    cora.wire.wait_until_it_struck()
    cora.link("trouble")
    cora.unsent(1)
    cora.tap("queue-badge")
    cora.shows("queue-trouble", "Answer was not readable. It is sent again.")
    cora.shoot("captive")
    cora.wire.mend()
    cora.link("sent")
    expect(cora.at("queue-trouble")).to_have_count(0)
    house.assert_holds_once(cora.journal())
