"""Counts settle when nothing from before them can still come.

Kinds: "system.settle", "system.order_recount", "system.approve_count".
"""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.db import alone, db
from app.documents.models import CountSheet
from app.pipeline.models import StoredOperation
from app.proving.handheld import Handheld
from app.proving.rebuild import verify
from app.sync.runner import look_once
from app.work.models import CountTask
from tests.operations.counting_book import booked_until_the_count, kinds
from tests.operations.records import all_of, record
from tests.operations.settling import Counting, beat, exclude, look, share_the_clock
from tests.properties.hands import approve, carry_unit, entries, lay, see
from tests.warehouse import LAMP, PIN, TEA, Warehouse


def log_of(kind: str) -> list[StoredOperation]:
    return [row for row in all_of(StoredOperation) if row.kind == kind]


def settled(sheet: str) -> bool:
    return record(CountSheet, sheet).settled_through is not None


def state(sheet: str) -> str:
    return record(CountSheet, sheet).state


@pytest.fixture
def picker(site: Warehouse) -> Handheld:
    """Has brought twenty teas to A-01, and said so."""
    device = site.handheld("H1", "B1")
    lay(site, device, TEA, 20, "A-01")
    device.push()
    return device


@pytest.fixture
def counter(site: Warehouse, picker: Handheld) -> Handheld:
    return site.handheld("H2", "B2")


class TestTheWorkedCase:
    """Book 20; 10:00 A picks 5 offline; 10:05 B counts 15; 10:30 A syncs."""

    def counted(self, site: Warehouse, picker: Handheld, counter: Handheld) -> tuple[str, str]:
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        site.clock.pass_(10)
        pick = site.pick(picker, line, TEA, 5, "A-01", None)
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 15)])
        site.clock.pass_(1)
        counter.push()
        return sheet, pick

    def test_it_waits_for_the_picker_and_nothing_is_adjusted(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        sheet, _ = self.counted(site, picker, counter)
        look(site)
        assert not settled(sheet)  # the picker may hold anything since 09:50

        site.clock.pass_(24)
        picker.push()
        beat(picker, counter)
        look(site)

        assert settled(sheet)
        assert state(sheet) == "approved"
        assert site.on_hand(TEA, "A-01") == 15  # "variance at sync time" would leave 10
        assert kinds(site, "A-01") == []
        assert booked_until_the_count(site, sheet, site.place("A-01"), TEA) == 15

    def test_approved_too_early_it_is_restated_by_name(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        sheet, pick = self.counted(site, picker, counter)
        approve(site, sheet)
        assert kinds(site, "A-01") == [("adjust", -5)]
        picker.push()

        assert site.on_hand(TEA, "A-01") == 15
        assert kinds(site, "A-01") == [("adjust", -5), ("restate", 5)]
        assert site.on_hand(TEA, "@variance") == 0
        here = site.place("A-01")
        restated = [e for e in entries() if e.kind == "restate" and e.holder == here]
        assert [entry.operation for entry in restated] == [pick]

    def test_its_mirror_a_late_put_away_was_no_gain(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        """Book 20; seven are put away offline; 27 are counted; the put-away syncs afterwards."""
        site.clock.pass_(10)
        lay(site, picker, LAMP, 1, "DOCK-1")
        put = site.carry(picker, TEA, 7, "DOCK-1", "A-01")
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 27)])
        site.clock.pass_(1)
        counter.push()
        look(site)
        assert not settled(sheet)
        assert site.on_hand(TEA, "A-01") == 20  # provisional: nothing is posted

        picker.push()
        beat(picker, counter)
        look(site)

        assert state(sheet) == "approved"
        assert site.on_hand(TEA, "A-01") == 27
        assert kinds(site, "A-01") == []
        assert put in {entry.operation for entry in entries()}


class TestContested:
    def during(self, site: Warehouse, picker: Handheld, counter: Handheld, minute: float) -> str:
        """Count from minute 10 to minute 12; somebody picks at the given minute."""
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        count = Counting(site, counter, "A-01")
        steps = sorted([(10.0, "see"), (12.0, "finish"), (minute, "pick")])
        started = site.clock.ms
        for at, step in steps:
            site.clock.ms = started + at * 60_000
            if step == "see":
                count.see(TEA, 15)
            elif step == "finish":
                count.finish()
            else:
                site.pick(picker, line, TEA, 5, "A-01", None)
        site.clock.ms = started + 20 * 60_000
        picker.push()
        counter.push()
        return count.sheet

    @pytest.mark.parametrize(
        ("minute", "contested"),
        [(9, False), (10 - 0.002, True), (11, True), (12 + 0.002, True), (13, False)],
    )
    def test_by_a_pick_within_the_errors_of_both(
        self, site: Warehouse, picker: Handheld, counter: Handheld, minute: float, contested: bool  # noqa: FBT001
    ) -> None:  # fmt: skip
        sheet = self.during(site, picker, counter, minute)
        look(site)

        assert (record(CountSheet, sheet).recount is not None) is contested

    def test_another_person_counts_again_and_supersedes_it(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        site.clock.ms = time.time() * 1000 - 30 * 60_000
        beat(picker)
        sheet = self.during(site, picker, counter, 11)
        beat(picker, counter)
        look(site)
        look(site)

        assert settled(sheet)
        assert state(sheet) == "finished"  # never approved by itself
        assert len(log_of("system.order_recount")) == 1
        (task,) = all_of(CountTask)
        assert (task.why, task.state, task.place) == ("recount", "open", site.place("A-01"))

        site.clock.ms = time.time() * 1000 + 60_000
        again = see(site, picker, "A-01", goods=[site.goods(TEA, 15)])
        picker.push()
        assert state(sheet) == "superseded"
        assert state(again) == "finished"

    def test_two_counts_at_once_contest_each_other(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        site.clock.pass_(5)
        one = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        other = see(site, picker, "A-01", goods=[site.goods(TEA, 20)])
        picker.push()
        counter.push()
        look(site)

        (task,) = all_of(CountTask)
        assert record(CountSheet, one).recount == record(CountSheet, other).recount == task.id

    def test_a_pallet_that_left_meanwhile_contests_it(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        pallet = site.lpn("P-1")
        lay(site, picker, LAMP, 4, "A-02", lpn=pallet)
        site.clock.pass_(5)
        count = Counting(site, counter, "A-02").see(TEA, 1)
        site.clock.pass_(1)
        carry_unit(site, picker, pallet, "A-02", "A-03")
        site.clock.pass_(1)
        sheet = count.finish()
        counter.push()
        picker.push()
        look(site)

        assert record(CountSheet, sheet).recount is not None

    def test_the_next_count_after_one_approved_while_contested_is_uncertain(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        sheet = self.during(site, picker, counter, 11)
        approve(site, sheet)

        assert record(CountSheet, sheet).contested


class TestApprovedByItself:
    def test_only_what_is_close_enough(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        site.clock.pass_(5)
        exact = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        off = see(site, counter, "A-02", goods=[site.goods(TEA, 1)])
        site.clock.pass_(5)
        counter.push()
        beat(picker, counter)
        look(site)

        assert (state(exact), state(off)) == ("approved", "finished")
        assert record(CountSheet, exact).decided_by == "system"
        (approval,) = log_of("system.approve_count")
        finish = next(op for op in log_of("counting.finish_bin") if op.subject == exact)
        assert (approval.device, approval.cause) == ("system", finish.operation)

    @pytest.mark.parametrize("seen", [True, False])
    def test_not_while_a_pallet_of_the_book_was_not_seen(
        self, site: Warehouse, picker: Handheld, counter: Handheld, *, seen: bool
    ) -> None:
        """Found by the simulator, seed 60430: loose goods alone were compared."""
        pallet = site.lpn("P-1")
        lay(site, picker, LAMP, 4, "A-01", lpn=pallet)
        picker.push()
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", *([pallet] if seen else []), goods=[site.goods(TEA, 20)])
        site.clock.pass_(5)
        counter.push()
        beat(picker, counter)
        look(site)

        assert state(sheet) == ("approved" if seen else "finished")

    def test_not_while_a_pallet_was_seen_that_the_book_has_elsewhere(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        pallet = site.lpn("P-1")
        lay(site, picker, LAMP, 4, "A-02", lpn=pallet)
        picker.push()
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", pallet, goods=[site.goods(TEA, 20)])
        site.clock.pass_(5)
        counter.push()
        beat(picker, counter)
        look(site)

        assert state(sheet) == "finished"

    def test_not_of_somebody_nobody_knows(
        self,
        site: Warehouse,
        picker: Handheld,
        counter: Handheld,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        share_the_clock(site, monkeypatch)
        site.clock.pass_(5)  # later than both have signed in
        counter.grant = None  # a badge was scanned where there was no network
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        counter.push()
        site.clock.pass_(5)
        beat(picker, counter)
        look(site)

        assert settled(sheet)
        assert state(sheet) == "finished"

    def test_not_where_somebody_wants_a_count(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        """To end that would tell the counter that he was right."""
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        counter.push()
        site.done("counting.ask_for", {"place": site.place("A-01")})
        site.clock.pass_(5)
        beat(picker, counter)
        look(site)

        assert settled(sheet)
        assert state(sheet) == "finished"
        (task,) = all_of(CountTask)
        assert task.state == "open"

    def test_whom_the_bin_is_offered_to_does_not_tell_for_a_day(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        site.clock.pass_(5)
        see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        see(site, counter, "A-02", goods=[site.goods(TEA, 1)])
        counter.push()
        site.clock.pass_(5)
        beat(picker, counter)
        look(site)
        for place in ("A-01", "A-02"):
            site.done("counting.ask_for", {"place": site.place(place)})
        counter.sign_in("B2", PIN).pull()

        offers = {row["place"]: row["not_for"] for row in counter.all("count_task")}
        assert offers == {site.place(place): [site.person("B2")] for place in ("A-01", "A-02")}

    def test_the_handlers_judge_again(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        """Two processes look at once, or something came in between."""
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        counter.push()
        for kind, payload, code in (
            ("system.approve_count", {"sheet": sheet}, "counting.for_a_person"),
            ("system.order_recount", {"sheet": sheet}, "counting.nothing_to_recount"),
            ("system.settle", {"zone": None, "through": 1}, "counting.nothing_to_settle"),
        ):
            decided = site.ask(kind, payload, roles=frozenset({"system"}))
            assert (decided.outcome, decided.codes) == ("refused", (code,))


class TestSilentHandhelds:
    def counted_while_one_is_silent(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> tuple[str, str]:
        """The picker took three teas before the count, and was never heard of again."""
        site.clock.pass_(10)
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        pick = site.pick(picker, line, TEA, 3, "A-01", None)
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        site.clock.pass_(60)
        counter.push()
        look(site)
        assert not settled(sheet)
        return sheet, pick

    def test_a_supervisor_stops_waiting_for_it(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        sheet, _ = self.counted_while_one_is_silent(site, picker, counter)
        exclude(site, picker)
        look(site)

        assert settled(sheet)
        assert state(sheet) == "approved"

    def test_what_it_brings_after_all_is_late_and_restated(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        sheet, pick = self.counted_while_one_is_silent(site, picker, counter)
        exclude(site, picker)
        look(site)
        picker.push()

        here = site.place("A-01")
        assert ("late_after_settled", here) in site.exceptions(state="open")
        assert settled(sheet)  # never withdrawn
        assert site.on_hand(TEA, "A-01") == 20
        assert [e.operation for e in entries() if e.kind == "restate" and e.holder == here] == [
            pick
        ]
        assert booked_until_the_count(site, sheet, here, TEA) == 20

    def test_what_happened_after_the_count_is_not_late(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        self.counted_while_one_is_silent(site, picker, counter)
        exclude(site, picker)
        look(site)
        lay(site, counter, TEA, 1, "A-01")
        counter.push()

        assert "late_after_settled" not in site.codes()

    def test_the_log_explains_every_row(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        self.counted_while_one_is_silent(site, picker, counter)
        exclude(site, picker)
        look(site)
        picker.push()
        site.done("devices.include", {"device": picker.id})
        beat(picker, counter)
        look(site)
        db.session.remove()

        report = verify(site.playbook, db.engine)

        assert report.differences == ()
        assert {"system.settle", "system.approve_count", "devices.include"} <= {
            row.kind for row in all_of(StoredOperation)
        }


class TestDoubtsThatSettle:
    def picked_from_nothing(self, site: Warehouse) -> tuple[Handheld, Handheld, str]:
        """The receipt of what was picked is still on another handheld."""
        receiver, picker = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        beat(receiver)
        site.clock.pass_(5)
        lay(site, receiver, TEA, 9, "B-01")
        site.clock.pass_(5)
        line = site.line(site.order("SO-1", (TEA, 5)), 1)
        site.pick(picker, line, TEA, 5, "B-01", None)
        picker.push()
        site.clock.pass_(5)
        beat(picker)
        look(site)
        subject = f"{site.place('B-01')}|{site.item(TEA)}|"
        assert ("negative_stock", subject) in site.exceptions(state="settling")
        return receiver, picker, subject

    def test_the_missing_receipt_closes_it(self, site: Warehouse) -> None:
        receiver, _, _ = self.picked_from_nothing(site)
        receiver.push()

        assert "negative_stock" not in site.codes()

    def test_it_opens_when_nothing_can_come_any_more(self, site: Warehouse) -> None:
        receiver, _, subject = self.picked_from_nothing(site)
        exclude(site, receiver)
        look(site)

        assert ("negative_stock", subject) in site.exceptions(state="open")
        receiver.push()
        assert "negative_stock" not in site.codes()

    def test_what_concerns_the_whole_house_waits_for_everybody(self, site: Warehouse) -> None:
        device, silent = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        beat(silent)
        site.clock.pass_(5)
        pallet = site.lpn("P-1")
        lay(site, device, LAMP, 4, "A-01", lpn=pallet)
        carry_unit(site, device, pallet, "B-01", "A-02")
        device.push()
        site.clock.pass_(5)
        beat(device)
        look(site)
        assert ("chain_gap", pallet) in site.exceptions(state="settling")

        beat(silent)
        look(site)
        assert ("chain_gap", pallet) in site.exceptions(state="open")


class TestProcesses:
    def test_only_one_of_them_looks(
        self, site: Warehouse, picker: Handheld, counter: Handheld
    ) -> None:
        """Several serve; what one settles, another does not ask for at the same time."""
        site.clock.pass_(5)
        sheet = see(site, counter, "A-01", goods=[site.goods(TEA, 20)])
        counter.push()
        site.clock.pass_(5)
        beat(picker, counter)
        with alone("settling") as ours:
            assert ours
            assert not in_another_thread(site)
            assert not settled(sheet)

        assert in_another_thread(site)
        assert settled(sheet)
        assert [row.outcome for row in log_of("system.settle")] == ["applied"]


def in_another_thread(site: Warehouse) -> bool:
    def look_there() -> bool:
        with site.app.app_context():
            try:
                return look_once(site.playbook)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(look_there).result()
