"""The server is down at log-in; a second person takes the handheld over: nothing waits for it."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import GiveScanner
from tests.e2e.house import GTINS, SKUS, House, Installation, Server
from tests.e2e.scanner import Scanner
from tests.e2e.test_day_offline import opening, pick, take_work

ALEX, PAUL, CORA = "B-400", "B-200", "B-300"
TEA, MUG = "Green tea 20 bags", "Ceramic mug white"
UNVERIFIED = ["sync.actor_unverified"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Both databases."""
    name: str = request.param
    return name


def start_cold(scanner: Scanner, badge: str, pin: str) -> None:
    """Badge and PIN find nobody to ask; whoever the site knows begins without."""
    scanner.unlock(badge, pin)
    scanner.shoot("no-network")
    scanner.tap("cold-start")
    expect(scanner.at("home")).to_be_visible()


def done_by(scanner: Scanner) -> list[tuple[str, str, bool]]:
    """What is in the journal: kind, who did it, and whether his PIN was checked."""
    envelopes = [json.loads(entry["text"]) for entry in scanner.journal()]
    return [(said["kind"], said["actor"], said["grant"] is not None) for said in envelopes]


class TestTheServerIsDown:
    """Story 7: a whole order that the handheld holds already."""

    def test_who_worked_here_before_unlocks_with_the_pin(
        self, scanner: GiveScanner, house: House, server: Server, installation: Installation
    ) -> None:
        paul = scanner(ALEX)
        order = take_work(paul)
        paul.sign_over(PAUL, installation.pin)
        server.stop()
        paul.reload()
        paul.shows("title", "Paul Picker")
        alex = paul.sign_over(ALEX, installation.pin)
        taken = pick(alex)
        alex.unsent(len(taken))

        server.start()
        alex.drained()

        self._everything_arrived(house, alex, order, taken)
        assert {entry["outcome"] for entry in alex.journal()} == {"applied"}
        assert all(proven for _, _, proven in done_by(alex))

    def test_who_was_never_here_starts_cold(
        self, scanner: GiveScanner, house: House, server: Server, installation: Installation
    ) -> None:
        alex = scanner(ALEX)
        order = take_work(alex)
        alex.drained()
        alex.tap("sign-off")
        alex.shows("instruction", "Scan your badge")
        server.stop()
        alex.reload()
        alex.shows("instruction", "Scan your badge")
        start_cold(alex, PAUL, installation.pin)
        taken = pick(alex)
        alex.unsent(len(taken))

        server.start()
        alex.drained()

        self._everything_arrived(house, alex, order, taken)
        picks = [entry for entry in alex.journal() if '"picking.pick"' in entry["text"]]
        assert {(entry["outcome"], *entry["codes"]) for entry in picks} == {
            ("flagged", *UNVERIFIED)
        }
        assert {who for kind, who, _ in done_by(alex) if kind == "picking.pick"} == {
            house.person(PAUL)
        }

    def _everything_arrived(
        self, house: House, alex: Scanner, order: str, taken: dict[str, int]
    ) -> None:
        house.assert_holds_once(alex.journal())
        picked = {house.item(SKUS[name]): quantity for name, quantity in taken.items()}
        assert house.order_status(order) == ("picked", picked)
        for name in taken:
            assert house.on_hand(SKUS[name]) == opening(name)  # in the tote, not gone


def test_another_pair_of_hands(
    scanner: GiveScanner, house: House, installation: Installation
) -> None:
    """Story 8: nothing of hers is lost or read by him, and each says who did what."""
    alex = scanner(ALEX)
    alex.wire.cut()
    alex.door("count")
    alex.scan("D-08-3", "Count D-08-3")
    alex.scan(GTINS[MUG], f"1 × {MUG} noted")
    alex.key_in(17)
    alex.says(f"17 × {MUG} noted")

    cora = alex
    cora.scan(f"TMB:{CORA}")
    expect(cora.at("keypad")).to_be_visible()
    start_cold(cora, CORA, installation.pin)
    cora.shows("title", "Cora Counter")
    cora.door("count")
    for secret in ("D-08-3", MUG, "17"):
        expect(cora.at("flow-count")).not_to_contain_text(secret)
    cora.tap("undo")
    cora.says("Nothing to undo")
    cora.scan("D-08-2", "Count D-08-2")
    cora.scan(GTINS[TEA], f"1 × {TEA} noted")
    cora.tap("primary")
    cora.says("Counted: D-08-2")

    alex.sign_over(ALEX, installation.pin)
    alex.door("count")
    alex.shows("goods", MUG)
    alex.shows("quantity-value", "17")
    alex.tap("primary")
    alex.says("Counted: D-08-3")
    alex.wire.mend()
    alex.drained()

    house.assert_holds_once(alex.journal())
    a, c = house.person(ALEX), house.person(CORA)
    assert [(who, proven) for _, who, proven in done_by(alex)] == [
        *[(a, True)] * 2, *[(c, False)] * 2, (a, True)
    ]  # fmt: skip
    assert [(entry["outcome"], entry["codes"]) for entry in alex.journal()] == [
        *[("applied", [])] * 2, *[("flagged", UNVERIFIED)] * 2, ("applied", [])
    ]  # fmt: skip
    assert house.variances("D-08-3") == [(SKUS[MUG], 17)]
    assert house.variances("D-08-2") == [(SKUS[TEA], 1)]
