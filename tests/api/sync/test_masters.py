"""What a process remembers of master data ends with the next change to it."""

from collections.abc import Callable

import pytest

from app.db import db, writing
from app.items.models import Item
from app.locations.models import Location
from app.pipeline.floor import Floor
from app.pipeline.masters import remembered
from app.pipeline.models import Stream
from tests.properties.hands import answers
from tests.warehouse import DOCK, TEA, Warehouse


class TestRemembered:
    def test_an_item_changed_at_a_desk_counts_for_the_next_push(self, site: Warehouse) -> None:
        line = site.line(site.purchase_order("PO-1", (TEA, 10)), 1)
        device = site.handheld()
        site.receive(device, TEA, 12, po_line=line)
        device.push()

        site.done("items.save_item", {"sku": TEA, "name": "Tea", "over_receipt_percent": 50})
        site.receive(device, TEA, 2, po_line=line)
        device.push()

        assert answers(device)[1] == ("flagged", ("over_receipt",))
        assert site.exceptions() == set()  # 14 of 10 is within the half more that is allowed now

    def test_a_place_changed_at_a_desk_counts_for_the_next_push(self, site: Warehouse) -> None:
        device = site.handheld()
        site.receive(device, TEA, 4)
        device.push()

        site.done("locations.save_location", {"code": DOCK, "kind": "dock", "blocked": True})
        site.receive(device, TEA, 4)
        device.push()

        assert ("rule_broken", site.place(DOCK)) in site.exceptions()

    def test_new_master_data_is_known_at_once(self, site: Warehouse) -> None:
        device = site.handheld()
        fresh = site.item("NEW")
        site.receive(device, "NEW", 1)
        device.push()

        site.done("items.save_item", {"sku": "NEW", "name": "New"})
        site.receive(device, "NEW", 1)
        device.push()

        assert answers(device)[1][1] == ("unresolved_barcode",)
        assert site.on_hand("NEW", DOCK) == 1, fresh

    @pytest.mark.parametrize(
        "change",
        [
            lambda floor, site: setattr(floor.get(Item, site.item(TEA)), "name", "Coffee"),
            lambda floor, site: setattr(floor.get(Location, site.place(DOCK)), "blocked", True),
        ],
        ids=["item", "place"],
    )
    def test_nobody_changes_what_many_share(
        self, site: Warehouse, change: Callable[[Floor, Warehouse], None]
    ) -> None:
        with writing(site.site) as session:
            floor = Floor(session, site.site, site.org)
            streams = floor.get(Stream, site.org), floor.get(Stream, site.site)
            floor.share(remembered(db.engine, *streams, {Item, Location}))

            with pytest.raises(TypeError, match="shared"):
                change(floor, site)
