"""What was kept without effect may take it later, once, at its own moment."""

from app.db import writing
from app.documents.models import CountSheet
from app.kernel.clock import now
from app.kernel.ids import derived
from app.people.models import Device
from app.proving.handheld import Handheld
from tests.operations.records import record
from tests.properties.hands import answers, approve, call_off, entries, lay, see, stored
from tests.warehouse import LAMP, TEA, Warehouse


def revoke(device: Handheld) -> None:
    with writing() as session:
        session.get_one(Device, device.id).revoked_at = now()


def lay_unknown(site: Warehouse, device: Handheld, sku: str, quantity: int) -> str:
    goods = {**site.goods(sku, quantity), "item": site.item(sku)}
    return lay(site, device, sku, quantity, "A-01", goods=goods)


def resolve(site: Warehouse, code: str, resolution: str) -> tuple[str, tuple[str, ...]]:
    (subject,) = [subject for found, subject in site.exceptions() if found == code]
    exception = derived(site.site, f"{code}|{subject}")
    decided = site.ask(
        "exceptions.resolve",
        {"exception": exception, "resolution": resolution, "note": None},
        actor=site.person("S1"),
    )
    return decided.outcome, decided.codes


class TestReapply:
    def test_goods_that_became_known_are_received_when_they_came(self, site: Warehouse) -> None:
        device = site.handheld()
        first = lay_unknown(site, device, "NEW", 3)
        second = lay_unknown(site, device, "NEW", 4)
        device.push()
        too_early = resolve(site, "unresolved_barcode", "reapply")
        assert too_early == ("refused", ("unresolved_barcode",))

        site.done("items.save_item", {"sku": "NEW", "name": "New"})
        assert resolve(site, "unresolved_barcode", "reapply")[0] == "flagged"  # nobody ordered it
        assert "unresolved_barcode" in site.codes()  # one more is kept
        assert resolve(site, "unresolved_barcode", "reapply")[0] == "flagged"

        assert "unresolved_barcode" not in site.codes()
        assert site.on_hand("NEW", "A-01") == 7
        for operation in (first, second):
            assert stored(operation).outcome == "exception"  # the first answer stays
            assert {row.eff_at for row in entries() if row.operation == operation} == {
                stored(operation).eff_at
            }

    def test_accepted_once_it_is_shown_again_when_more_is_kept(self, site: Warehouse) -> None:
        device = site.handheld()
        lay_unknown(site, device, "NEW", 3)
        device.push()
        assert resolve(site, "unresolved_barcode", "accept") == ("applied", ())

        lay_unknown(site, device, "NEW", 4)
        device.push()
        assert "unresolved_barcode" in site.codes()

    def test_a_second_time_it_is_refused(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = lay_unknown(site, device, "NEW", 3)
        device.push()
        site.done("items.save_item", {"sku": "NEW", "name": "New"})

        asked = {"exception": None}
        assert site.ask("system.reapply", asked, cause=kept).outcome == "flagged"
        again = site.ask("system.reapply", asked, cause=kept)

        assert (again.outcome, again.codes) == ("refused", ("operations.already_applied",))
        assert site.on_hand("NEW") == 3

    def test_a_count_that_was_kept_anchors_its_own_moment(self, site: Warehouse) -> None:
        device, other = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        lay(site, other, TEA, 4, "A-01")
        other.push()
        site.clock.pass_(1)
        sheet = see(site, device, "A-01", goods=[site.goods(TEA, 3)])
        revoke(device)
        device.push()
        assert set(answers(device).values()) == {("exception", ("sync.device_revoked",))}
        site.clock.pass_(1)
        lay(site, other, TEA, 10, "A-01")
        other.push()

        for result in device.results.values():
            site.done("system.reapply", {"exception": None}, cause=result["id"])
        assert record(CountSheet, sheet).eff_at == stored(device.results[2]["id"]).eff_at
        approve(site, sheet)
        assert site.on_hand(TEA, "A-01") == 13

    def test_called_off_it_can_not_be_applied_any_more(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = lay_unknown(site, device, "NEW", 3)
        call_off(device, kept)
        device.push()
        site.done("items.save_item", {"sku": "NEW", "name": "New"})

        decided = site.ask("system.reapply", {"exception": None}, cause=kept)
        assert decided.codes == ("operations.called_off",)
        assert "void_waiting" not in site.codes()

    def test_a_void_that_was_there_first_waits_for_nothing(self, site: Warehouse) -> None:
        one, two = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        kept = lay_unknown(site, one, "NEW", 3)
        call_off(two, kept)
        two.push()
        one.push()

        assert "void_waiting" not in site.codes()

    def test_applied_and_then_called_off_it_leaves_nothing(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = lay_unknown(site, device, "NEW", 3)
        device.push()
        site.done("items.save_item", {"sku": "NEW", "name": "New"})
        site.ask("system.reapply", {"exception": None}, cause=kept)
        call_off(device, kept)
        device.push()

        assert site.on_hand("NEW") == 0

    def test_what_posted_was_never_kept(self, site: Warehouse) -> None:
        device = site.handheld()
        done = lay(site, device, TEA, 3, "A-01")
        device.push()

        decided = site.ask("system.reapply", {"exception": None}, cause=done)
        assert decided.codes == ("operations.nothing_kept",)


class TestResolve:
    def test_accepted_it_stays_closed_until_it_changes(self, site: Warehouse) -> None:
        device = site.handheld()
        line = site.line(site.order("SO-1", (LAMP, 1)), 1)
        lay(site, device, LAMP, 9, "A-01")
        site.pick(device, line, LAMP, 2, "A-01", None)
        device.push()
        assert resolve(site, "over_pick", "accept") == ("applied", ())
        assert "over_pick" not in site.codes()

        lay(site, device, LAMP, 1, "A-01")
        device.push()
        assert "over_pick" not in site.codes()
        site.pick(device, line, LAMP, 1, "A-01", None)
        device.push()
        assert "over_pick" in site.codes()

    def test_only_what_is_offered(self, site: Warehouse) -> None:
        device = site.handheld()
        lay(site, device, LAMP, 9, "A-01")
        device.push()

        assert resolve(site, "not_ordered", "put_back") == (
            "refused",
            ("exceptions.not_offered",),
        )
