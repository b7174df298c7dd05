"""Above the limit a second person decides.

Kinds: "stock.approve_adjustment", "stock.reject_adjustment".
"""

import pytest

from app.adjusting.models import Adjustment
from app.kernel.ids import uuid7
from tests.operations.adjusting.conftest import Correct
from tests.operations.records import all_of
from tests.properties.hands import approve as approve_count
from tests.warehouse import TEA, Warehouse


def decide(site: Warehouse, verdict: str, by: str | None) -> tuple[str, ...]:
    (row,) = all_of(Adjustment)
    payload = {"adjustment": row.id, "note": "seen"}
    actor = site.person(by) if by else None
    return site.ask(f"stock.{verdict}_adjustment", payload, actor=actor).codes


class TestAboveTheLimit:
    def test_nothing_moves_until_somebody_else_approves(
        self, site: Warehouse, correct: Correct
    ) -> None:
        site.stock(TEA, 50, "A-01")
        asked = correct("stock.scrap", 21)
        assert (asked.outcome, asked.codes) == ("flagged", ("stock.awaits_approval",))
        assert site.on_hand(TEA) == 50

        assert decide(site, "approve", "S1") == ("stock.own_adjustment",)
        assert decide(site, "approve", None) == ("stock.own_adjustment",)
        assert site.on_hand(TEA) == 50

        assert decide(site, "approve", "S2") == ()
        assert site.on_hand(TEA) == 29
        (row,) = all_of(Adjustment)
        assert (row.state, row.decided_by) == ("posted", site.person("S2"))

    def test_is_decided_once(self, site: Warehouse, correct: Correct) -> None:
        correct("stock.found", 21)
        decide(site, "approve", "S2")

        assert decide(site, "approve", "S3") == ("stock.already_decided",)
        assert decide(site, "reject", "S3") == ("stock.already_decided",)
        assert site.on_hand(TEA) == 21

    def test_rejected_the_book_stands(self, site: Warehouse, correct: Correct) -> None:
        correct("stock.found", 21)

        assert decide(site, "reject", "S1") == ()

        assert site.on_hand(TEA) == 0

    def test_the_limit_is_the_sites(self, site: Warehouse, correct: Correct) -> None:
        site.done("stock.set_limit", {"pieces": 2, "value": None})

        assert correct("stock.found", 2).codes == ()
        assert correct("stock.found", 3).codes == ("stock.awaits_approval",)

    @pytest.mark.parametrize("roles", [{"picker"}, {"planner"}, {"requester"}, {"counter"}])
    def test_is_not_for_everybody(self, site: Warehouse, correct: Correct, roles: set[str]) -> None:
        with pytest.raises(Exception, match=r"operations\.role_missing"):
            site.ask(
                "stock.approve_adjustment",
                {"adjustment": uuid7()},
                roles=frozenset(roles),
            )

    def test_an_unknown_one_is_refused(self, site: Warehouse, correct: Correct) -> None:
        decided = site.ask("stock.approve_adjustment", {"adjustment": uuid7()})

        assert decided.codes == ("stock.unknown_adjustment",)

    def test_a_count_since_then_is_not_spoiled(self, site: Warehouse, correct: Correct) -> None:
        """30 of 50 went into the skip, then 20 were counted: approval must not take 30 again."""
        site.clock.ms += 9 * 3600 * 1000  # handhelds of today
        site.stock(TEA, 50, "A-01")
        correct("stock.scrap", 30)
        device = site.handheld()
        sheet = site.count(device, "A-01", (TEA, 20))
        device.push()
        approve_count(site, sheet)
        assert site.on_hand(TEA, "A-01") == 20

        decide(site, "approve", "S2")

        assert site.on_hand(TEA, "A-01") == 20
