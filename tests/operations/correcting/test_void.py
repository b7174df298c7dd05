"""Undo says "this did not happen", whichever of the two arrives first."""

import json

from app.proving.handheld import Handheld
from tests.properties.hands import answers, approve, balances, call_off, lay, see, ship
from tests.warehouse import TEA, Warehouse

NOWHERE = "0d6d1a34-7e5c-7a10-8a2b-000000000001"


class TestVoid:
    def test_before_its_cause_it_waits_and_then_leaves_nothing(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        done = lay(site, one, TEA, 4, "A-01")
        call_off(two, done)

        two.push()
        assert site.exceptions(state="settling") == {("void_waiting", done)}
        one.push()

        assert "void_waiting" not in site.codes()
        assert balances() == {}

    def test_said_twice_it_counts_once(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 6, "A-01")
        done = lay(site, device, TEA, 4, "A-01")
        call_off(device, done)
        call_off(device, done)
        device.push()

        assert site.on_hand(TEA, "A-01") == 6

    def test_a_void_cannot_be_voided_and_says_so_in_any_order(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        undone = call_off(one, lay(site, one, TEA, 4, "A-01"))
        call_off(two, undone)
        two.push()
        one.push()

        assert ("cannot_be_voided", undone) in site.exceptions()
        assert "void_waiting" not in site.codes()
        assert site.on_hand(TEA, "A-01") == 0

        call_off(one, undone)
        one.push()
        assert answers(one)[3] == ("applied", ())  # already said by the other
        again = call_off(one, lay(site, one, TEA, 1, "A-01"))
        call_off(one, again)
        one.push()
        assert answers(one)[6] == ("flagged", ("cannot_be_voided",))

    def test_a_finished_sheet_is_counted_again_instead(self, site: Warehouse) -> None:
        device = site.handheld()
        see(site, device, "A-01")
        call_off(device, _id(device, 1))
        device.push()

        assert answers(device)[2] == ("flagged", ("cannot_be_voided",))

    def test_of_a_line_before_the_decision_it_was_not_seen(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, TEA, 4, "A-01")
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 4), site.goods(TEA, 4)])
        call_off(device, _id(device, 2))
        device.push()
        approve(site, sheet)

        assert site.on_hand(TEA, "A-01") == 4

    def test_of_a_line_after_the_decision_it_is_shown(self, site: Warehouse) -> None:
        device = site.handheld()
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 4)])
        device.push()
        approve(site, sheet)
        call_off(device, _id(device, 1))
        device.push()

        assert answers(device)[3] == ("flagged", ("void_after_use",))

    def test_after_an_approved_count_what_was_counted_stays_true(self, site: Warehouse) -> None:
        device, counter = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, device, TEA, 20, "A-01")
        site.clock.pass_(1)
        wrong = lay(site, device, TEA, 5, "A-01")
        site.clock.pass_(1)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        device.push()
        counter.push()
        approve(site, sheet)
        assert site.on_hand(TEA, "@variance") == 5

        call_off(device, wrong)
        device.push()

        assert site.on_hand(TEA, "A-01") == 20
        assert site.on_hand(TEA, "@variance") == 0

    def test_of_a_pick_that_has_left_the_house_is_shown_however_it_syncs(
        self, site: Warehouse
    ) -> None:
        picker, packer = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        order = site.order("SO-1", (TEA, 3))
        line = site.line(order, 1)
        picked = site.pick(picker, line, TEA, 3, "A-01", None)
        site.clock.pass_(1)
        ship(site, packer, order)
        site.clock.pass_(1)
        call_off(picker, picked)
        picker.push()
        assert "void_after_use" not in site.codes()
        packer.push()

        assert ("void_after_use", line) in site.exceptions()

    def test_of_a_pick_undone_before_the_truck_left_is_not(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.order("SO-1", (TEA, 3))
        line = site.line(order, 1)
        call_off(device, site.pick(device, line, TEA, 3, "A-01", None))
        site.clock.pass_(1)
        ship(site, device, order)
        device.push()

        assert site.exceptions() == {("short_shipped", line)}

    def test_of_a_decision_is_not_decided_again(self, site: Warehouse) -> None:
        device = site.handheld()
        order = site.ask("items.save_item", {"sku": "NEW", "name": "New"})
        decided = site.ask(
            "stock.open_stock", {"place": site.place("A-01"), "goods": site.goods(TEA, 4)}
        )
        call_off(device, decided.id)
        call_off(device, order.id)  # another stream: nobody here knows it
        device.push()

        assert answers(device)[1] == ("flagged", ("cannot_be_voided",))
        assert site.on_hand(TEA, "A-01") == 4

    def test_of_nothing_is_kept(self, site: Warehouse) -> None:
        device = site.handheld()
        call_off(device, None)
        call_off(device, NOWHERE)
        device.push()

        assert answers(device)[1] == ("exception", ("operations.nothing_to_void",))
        assert answers(device)[2] == ("applied", ())
        assert ("void_waiting", NOWHERE) in site.exceptions()


def _id(device: Handheld, seq: int) -> str:
    found: str = json.loads(device.queue[seq - 1])["id"]
    return found
