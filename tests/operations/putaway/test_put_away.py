"""Goods go from the dock to a bin; what the bin forbids is shown, never refused."""

from tests.properties.hands import answers, call_off, carry_unit, lay
from tests.warehouse import DOCK, LAMP, TEA, Warehouse


class TestPutAway:
    def test_goods_lie_in_the_bin(self, site: Warehouse) -> None:
        device = site.handheld()
        site.receive(device, TEA, 4)
        site.carry(device, TEA, 4, DOCK, "A-01")
        device.push()

        assert (site.on_hand(TEA, DOCK), site.on_hand(TEA, "A-01")) == (0, 4)
        assert answers(device)[2] == ("applied", ())

    def test_before_the_receipt_has_synced_it_settles(self, site: Warehouse) -> None:
        dock, truck = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        site.receive(dock, TEA, 4)
        site.clock.pass_(1)
        site.carry(truck, TEA, 4, DOCK, "A-01")

        truck.push()
        assert answers(truck) == {1: ("applied", ())}  # nobody hears of stock
        assert site.codes() == {"negative_stock"}
        assert site.exceptions(state="open") == set()

        dock.push()
        assert site.codes() == {"not_ordered"}
        assert site.on_hand(TEA, "A-01") == 4

    def test_a_full_and_blocked_bin_is_shown_but_not_told(self, site: Warehouse) -> None:
        site.done("locations.save_location", {"code": "X-1", "kind": "bin", "blocked": True})
        device = site.handheld()
        lay(site, device, TEA, 4, "A-01")
        undone = site.carry(device, TEA, 4, "A-01", "X-1")
        device.push()

        assert answers(device)[2] == ("applied", ())
        assert ("rule_broken", site.place("X-1")) in site.exceptions()

        call_off(device, undone)
        device.push()
        assert "rule_broken" not in site.codes()

    def test_a_pallet_taken_from_where_it_did_not_stand_leaves_a_gap(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        pallet = site.lpn("P-1")
        site.receive(one, LAMP, 8, lpn=pallet)
        site.clock.pass_(1)
        carry_unit(site, one, pallet, DOCK, "A-01", "putaway.put_away")
        site.clock.pass_(1)
        carry_unit(site, two, pallet, "A-01", "B-01")

        two.push()
        assert ("chain_gap", pallet) in site.exceptions()
        one.push()
        assert "chain_gap" not in site.codes()
        assert site.at(pallet) == site.place("B-01")
        assert site.on_hand(LAMP, "B-01") == 8
