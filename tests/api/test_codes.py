"""Codes of the house at a desk: mapped from the inbox, listed, withdrawn; nothing by guessing."""

from app.items.naming import packaging_id
from app.kernel.ids import uuid7
from app.locations.naming import alias_id
from app.proving.handheld import goods
from tests.api.at_desk import AtDesk, at_desk
from tests.warehouse import DOCK, LAMP, TEA, Warehouse

STRANGE = "HOUSE-77"


def do(desk: AtDesk, kind: str, **payload: object) -> int:
    body = {"id": uuid7(), "kind": kind, "kind_v": 1, "payload": payload, "cause": None}
    return desk.post("/operations", body)[0]


class TestCodes:
    def test_from_the_inbox_to_the_dock(self, site: Warehouse) -> None:
        device = site.handheld()
        unknown = goods(alias_id(site.site, STRANGE), 3)
        scans = [{"data": STRANGE, "symbology": "]C0"}]
        site.receive(device, TEA, 1, goods=unknown, scans=scans)
        device.push()
        desk = at_desk(site, "s1")

        (case,) = desk.read("/exceptions?state=open")["items"]
        assert (case["code"], case["subject_label"]) == ("unresolved_barcode", STRANGE)
        assert case["detail"]["scanned"] == STRANGE
        assert "map_barcode" in case["resolutions"]
        (lamp,) = desk.read("/office/codes/find?what=item&q=lamp")["items"]
        meant = {"code": STRANGE, "target_kind": "item", "target": lamp["id"]}
        assert do(desk, "identification.map_barcode", **meant) == 200

        assert desk.read("/exceptions?state=open")["items"][0]["code"] == "not_ordered"
        assert site.on_hand(LAMP, DOCK) == 3

    def test_what_is_mapped_is_listed_until_it_is_withdrawn(self, site: Warehouse) -> None:
        carton = {"name": "Carton", "quantity": 12}
        site.done("items.save_item", {"sku": TEA, "name": "Tea", "packagings": [carton]})
        desk = at_desk(site, "s1")
        (tea,) = desk.read("/office/codes/find?what=item&q=TEA")["items"]
        assert tea["packagings"] == [{"id": packaging_id(tea["id"], "Carton"), **carton}]
        targets = {
            "X-1": ("item", tea["id"], tea["packagings"][0]["id"]),
            "X-2": ("place", site.place("A-01"), None),
            "X-3": ("person", site.person("B1"), None),
            "X-4": ("command", "UNDO", None),
        }
        for code, (kind, target, packaging) in targets.items():
            meant = {"code": code, "target_kind": kind, "target": target, "packaging": packaging}
            assert do(desk, "identification.map_barcode", **meant) == 200

        rows = desk.read("/office/codes?q=X-")["items"]
        assert [(row["code"], row["label"], row["packaging"]) for row in rows] == [
            ("X-1", "TEA Tea", "Carton"),
            ("X-2", "A-01", None),
            ("X-3", "Person B1", None),
            ("X-4", "UNDO", None),
        ]
        assert do(desk, "identification.unmap_barcode", code="X-2") == 200
        assert [row["code"] for row in desk.read("/office/codes")["items"]] == ["X-1", "X-3", "X-4"]

    def test_a_form_finds_places_people_and_commands(self, site: Warehouse) -> None:
        desk = at_desk(site, "s1")

        def found(what: str, typed: str) -> list[str]:
            answer = desk.read(f"/office/codes/find?what={what}&q={typed}")
            return [row["code"] for row in answer["items"]]

        assert found("place", "a-0") == ["A-01", "A-02", "A-03"]
        assert found("person", "b1") == ["B1"]
        assert found("command", "und") == ["UNDO"]
        assert found("lpn", "9") == []
        assert found("item", "%25") == []
