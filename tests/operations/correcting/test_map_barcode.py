"""A code that nobody knew: kept, mapped by somebody, and then as if it had been known."""

from typing import Any

from app.db import db
from app.items.naming import packaging_id
from app.kernel.ids import derived
from app.locations.naming import alias_id
from app.proving.handheld import JSON, Handheld, goods
from app.proving.rebuild import verify
from tests.properties.hands import answers, call_off, entries, stored
from tests.warehouse import DOCK, LAMP, MILK, TEA, Warehouse

STRANGE = "HOUSE-77"
GTIN = "09526000000013"


def scan(data: str, symbology: str | None = "]C1") -> JSON:
    return {"data": data, "symbology": symbology}


def receive(site: Warehouse, device: Handheld, code: str, quantity: int, **over: Any) -> str:
    """Receive goods under a code that nobody knows yet."""
    data = over.pop("data", code)
    unknown = alias_id(site.site, code)
    handled = goods(unknown, quantity, **over)
    return site.receive(device, TEA, 1, goods=handled, scans=[scan(data, None)])


def mapping(site: Warehouse, code: str, sku: str, packaging: str | None = None) -> JSON:
    return {
        "code": code,
        "target_kind": "item",
        "target": site.item(sku),
        "packaging": packaging,
        "scans": [],
    }


def resolved(site: Warehouse, device: Handheld, data: str) -> tuple[str, str]:
    status, answer = device.call("POST", "/api/v1/scans/resolve", scan(data, None))
    assert status == 200
    return answer["type"], answer["id"]


class TestMapBarcode:
    def test_what_was_kept_happens_at_its_own_time_once(self, site: Warehouse) -> None:
        device = site.handheld()
        first = receive(site, device, STRANGE, 3)
        second = receive(site, device, STRANGE, 4)
        device.push()
        assert answers(device)[1] == ("exception", ("unresolved_barcode",))
        site.clock.pass_(30)

        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))

        assert site.on_hand(LAMP, DOCK) == 7
        assert "unresolved_barcode" not in site.codes()
        for operation in (first, second):
            assert stored(operation).outcome == "exception"  # the first answer stays
            assert {row.eff_at for row in entries() if row.operation == operation} == {
                stored(operation).eff_at
            }
        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))
        assert site.on_hand(LAMP, DOCK) == 7

    def test_mapped_before_it_arrives_it_is_the_same(self, site: Warehouse) -> None:
        device = site.handheld()
        receive(site, device, STRANGE, 3)
        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))
        device.push()

        assert answers(device)[1] == ("flagged", ("not_ordered",))
        assert site.on_hand(LAMP, DOCK) == 3

    def test_a_carton_counts_as_what_is_in_it(self, site: Warehouse) -> None:
        carton = {"name": "Carton", "quantity": 12}
        site.done("items.save_item", {"sku": TEA, "name": "Tea", "packagings": [carton]})
        device = site.handheld()
        receive(site, device, STRANGE, 2)
        device.push()

        asked = mapping(site, STRANGE, TEA, packaging_id(site.item(TEA), "Carton"))
        site.done("identification.map_barcode", asked)

        assert site.on_hand(TEA, DOCK) == 24

    def test_a_lot_on_the_label_becomes_a_lot_of_the_item(self, site: Warehouse) -> None:
        device = site.handheld()
        lot = derived(alias_id(site.site, GTIN), "L7")
        receive(site, device, GTIN, 5, data=f"01{GTIN}10L7", lot=lot)
        device.push()

        site.done("identification.map_barcode", mapping(site, GTIN, MILK))

        milk = site.item(MILK)
        assert {row.lot for row in entries() if row.item == milk} == {derived(milk, "L7")}
        assert resolved(site, device, f"01{GTIN}10L8") == ("item", milk)

    def test_on_a_handheld_it_is_the_same_for_everybody(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        receive(site, two, STRANGE, 2)
        two.push()
        one.record("identification.map_barcode", mapping(site, STRANGE, LAMP))
        receive(site, one, STRANGE, 1)
        one.push()

        assert answers(one)[1] == ("applied", ())
        assert site.on_hand(LAMP, DOCK) == 3
        two.pull()
        assert [row["target"] for row in two.all("alias")] == [site.item(LAMP)]
        assert resolved(site, two, STRANGE) == ("item", site.item(LAMP))

    def test_called_off_it_takes_back_what_it_was_then(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = receive(site, device, STRANGE, 3)
        device.push()
        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))
        direct = receive(site, device, STRANGE, 2)
        device.push()
        site.done("identification.unmap_barcode", {"code": STRANGE})
        site.done("identification.map_barcode", mapping(site, STRANGE, TEA))
        call_off(device, kept)
        call_off(device, direct)
        device.push()

        assert (site.on_hand(LAMP), site.on_hand(TEA)) == (0, 0)

    def test_called_off_before_it_never_happens(self, site: Warehouse) -> None:
        device = site.handheld()
        call_off(device, receive(site, device, STRANGE, 3))
        device.push()
        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))

        assert site.on_hand(LAMP) == 0

    def test_the_log_replayed_says_the_same(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = receive(site, device, STRANGE, 3)
        device.push()
        device.record("identification.map_barcode", mapping(site, STRANGE, LAMP))
        receive(site, device, STRANGE, 2)
        call_off(device, kept)
        device.push()
        assert site.on_hand(LAMP) == 2

        assert verify(site.playbook, db.engine).differences == ()

    def test_one_code_has_one_meaning_until_it_is_withdrawn(self, site: Warehouse) -> None:
        asked = mapping(site, STRANGE, LAMP)
        site.done("identification.map_barcode", asked)
        other = site.ask("identification.map_barcode", mapping(site, STRANGE, TEA))
        assert other.codes == ("identification.mapped_otherwise",)
        known = site.ask("identification.map_barcode", mapping(site, "09521234543213", LAMP))
        assert known.codes == ("identification.mapped_otherwise",)

        site.done("identification.unmap_barcode", {"code": STRANGE})
        device = site.handheld()
        assert resolved(site, device, STRANGE)[0] == "unknown"
        again = site.ask("identification.unmap_barcode", {"code": STRANGE})
        assert again.codes == ("identification.not_mapped",)
        site.done("identification.map_barcode", mapping(site, STRANGE, TEA))
        assert resolved(site, device, STRANGE) == ("item", site.item(TEA))

    def test_said_otherwise_on_another_handheld_it_is_shown(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        one.record("identification.map_barcode", mapping(site, STRANGE, LAMP))
        two.record("identification.map_barcode", mapping(site, STRANGE, TEA))
        one.push()
        two.push()

        assert answers(two)[1] == ("flagged", ("mapped_otherwise",))
        assert ("mapped_otherwise", alias_id(site.site, STRANGE)) in site.exceptions()
        assert resolved(site, two, STRANGE) == ("item", site.item(LAMP))
        assert verify(site.playbook, db.engine).differences == ()

    def test_a_code_may_name_a_place_or_a_person(self, site: Warehouse) -> None:
        device = site.handheld()
        place = {"code": "OLD-1", "target_kind": "place", "target": site.place("A-01")}
        site.done("identification.map_barcode", place)
        badge = {"code": "7001", "target_kind": "person", "target": site.person("B1")}
        site.done("identification.map_barcode", badge)

        assert resolved(site, device, "OLD-1") == ("place", site.place("A-01"))
        assert resolved(site, device, "7001") == ("person", site.person("B1"))

    def test_what_does_not_exist_is_no_target(self, site: Warehouse) -> None:
        ghost = derived(site.site, "ghost")
        for kind, code in (
            ("place", "locations.unknown_place"),
            ("person", "people.unknown_person"),
            ("item", "items.unknown_item"),
        ):
            asked = {"code": STRANGE, "target_kind": kind, "target": ghost}
            assert site.ask("identification.map_barcode", asked).codes == (code,)
        no_pack = mapping(site, STRANGE, LAMP, ghost)
        refused = site.ask("identification.map_barcode", no_pack)
        assert refused.codes == ("items.packaging_unknown",)
        crooked = site.ask("identification.map_barcode", mapping(site, "]C1X-1", LAMP))
        assert crooked.codes == ("identification.not_a_code",)

    def test_who_may_not_is_refused(self, site: Warehouse) -> None:
        device = site.handheld("H1", "C1")
        device.record("identification.map_barcode", mapping(site, STRANGE, LAMP))
        device.push()

        assert answers(device)[1] == ("refused", ("sync.role_missing",))


class TestTakenForSomethingElse:
    """A handheld that has not heard of a mapping: whichever comes first, it is one case."""

    def pushed(self, site: Warehouse, device: Handheld, sku: str) -> None:
        site.receive(device, sku, 1, scans=[scan(STRANGE, None)])
        device.push()

    def remapped(self, site: Warehouse) -> None:
        site.done("identification.unmap_barcode", {"code": STRANGE})
        site.done("identification.map_barcode", mapping(site, STRANGE, LAMP))

    def changed(self, site: Warehouse) -> set[str]:
        return {subject for code, subject in site.exceptions() if code == "identity_changed"}

    def test_mapped_anew_before_it_arrives_it_is_flagged(self, site: Warehouse) -> None:
        site.done("identification.map_barcode", mapping(site, STRANGE, TEA))
        device = site.handheld()
        self.remapped(site)
        self.pushed(site, device, TEA)

        assert "identity_changed" in answers(device)[1][1]
        assert self.changed(site) == {alias_id(site.site, STRANGE)}
        assert site.on_hand(TEA, DOCK) == 1  # postings follow what hands held
        assert verify(site.playbook, db.engine).differences == ()

    def test_mapped_anew_after_it_arrived_it_is_the_same_case(self, site: Warehouse) -> None:
        site.done("identification.map_barcode", mapping(site, STRANGE, TEA))
        device = site.handheld()
        self.pushed(site, device, TEA)
        assert self.changed(site) == set()
        self.remapped(site)

        assert self.changed(site) == {alias_id(site.site, STRANGE)}
        assert verify(site.playbook, db.engine).differences == ()

    def test_two_handhelds_in_either_order_make_one_case(self, site: Warehouse) -> None:
        site.done("identification.map_barcode", mapping(site, STRANGE, TEA))
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        self.remapped(site)
        self.pushed(site, two, LAMP)
        assert self.changed(site) == set()
        self.pushed(site, one, TEA)
        self.pushed(site, two, LAMP)

        assert self.changed(site) == {alias_id(site.site, STRANGE)}

    def test_it_is_over_when_the_code_means_that_again(self, site: Warehouse) -> None:
        self.test_mapped_anew_before_it_arrives_it_is_flagged(site)
        site.done("identification.unmap_barcode", {"code": STRANGE})
        assert self.changed(site) == set()
        site.done("identification.map_barcode", mapping(site, STRANGE, TEA))

        assert self.changed(site) == set()

    def test_the_place_among_the_scans_is_no_goods(self, site: Warehouse) -> None:
        place = {"code": "OLD-1", "target_kind": "place", "target": site.place(DOCK)}
        site.done("identification.map_barcode", place)
        device = site.handheld()
        site.receive(device, TEA, 1, scans=[scan("OLD-1", None), scan("09521234543213", None)])
        device.push()

        assert self.changed(site) == set()
