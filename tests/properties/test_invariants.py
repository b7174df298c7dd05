"""The promises of the ledger and of sync, each under its number."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.db import snapshot
from app.documents.models import CountSheet
from app.kernel.ids import uuid7
from app.ledger.models import Anchor, Entry, PositionEntry
from app.pipeline.models import ChannelRow, StoredOperation
from app.proving.handheld import Handheld
from app.sync.enrolment import issue_code
from app.sync.pull import channels
from tests.properties import hands
from tests.properties.days import PLACES, Day, bring_in, record, some_day
from tests.properties.worlds import HANDHELDS, Morning, World, lived
from tests.warehouse import LAMP, TEA, Warehouse

SEED = 20


@pytest.fixture
def day(site: Warehouse) -> Day:
    """A busy day of three handhelds, brought in anyhow; every sheet decided."""
    orders = [site.order(f"SO-{n}", (TEA, 4), (LAMP, 2)) for n in (1, 2)]
    world = World(site, [site.handheld(label, badge) for label, badge in HANDHELDS])
    lived_day = Day(world, orders)
    record(lived_day, some_day(SEED, 70))
    bring_in(world, [list(device.queue) for device in world.handhelds], lived_day, SEED)
    return lived_day


def rows_of(model: Any) -> dict[tuple[object, ...], dict[str, object]]:
    """Return a whole table as values."""
    columns = [column.key for column in model.__mapper__.columns]
    keys = [column.key for column in model.__mapper__.primary_key]
    with snapshot() as session:
        return {
            tuple(getattr(row, key) for key in keys): {c: getattr(row, c) for c in columns}
            for row in session.scalars(select(model))
        }


class TestOnce:
    def test_s01_every_operation_has_one_row_and_s02_one_effect(self, day: Day) -> None:
        device = day.world.handhelds[0]
        ids = [json.loads(text)["id"] for text in device.queue]
        device.push_once(first=1, count=200)
        status, answer = hands.rotate(device, uuid7())
        assert status == 200
        hands.rewritten(device, list(device.queue), answer["epoch"])
        device.push()

        rows = [row for row in hands.log() if row.operation in ids]
        assert sorted(str(row.operation) for row in rows if not row.alias) == sorted(ids)
        assert sorted(str(row.operation) for row in rows if row.alias) == sorted(ids)
        effects: dict[tuple[str, str], set[int]] = {}
        for entry in hands.entries():
            if entry.kind in ("fact", "void"):
                effects.setdefault((entry.operation, entry.kind), set()).add(entry.commit_seq)
        assert all(len(commits) == 1 for commits in effects.values())

    def test_s03_commit_order_is_the_order_of_the_journal(self, day: Day) -> None:
        seen: dict[tuple[str, int], int] = {}
        for row in hands.log():
            if row.stream != day.world.site.site or row.source == "office":
                continue
            assert row.seq == seen.get((row.device, row.epoch), 0) + 1
            seen[(row.device, row.epoch)] = row.seq
        assert len(seen) == 3
        numbers = [row.commit_seq for row in hands.log() if row.stream == day.world.site.site]
        assert numbers == list(range(1, len(numbers) + 1))

    def test_s04_same_answer_for_ever(self, site: Warehouse) -> None:
        device = site.handheld()
        lay = hands.lay(site, device, TEA, 3, "A-01")
        device.record("picking.take_work", {"orders": 1, "scans": []})  # refused
        device.put("neither JSON nor an envelope")
        device.record("receiving.receive_line", {"quantity": "many"})  # unreadable payload
        device.record("nobody.knows", {})
        hands.lay(site, device, LAMP, 3, "A-01")
        stolen = device.record("moving.move", {}, operation=lay)  # somebody else's id
        assert stolen == lay
        device.push()
        first = [{**r, "duplicate": True} for r in device.results.values()]
        assert [r["outcome"] for r in first] == [
            "flagged", "refused", "exception", "exception", "exception", "flagged", "exception",
        ]  # fmt: skip
        site.order("SO-1", (TEA, 1))  # there would be work now
        for start in (1, 3, 5, 7):
            device.push_once(first=start)

        assert list(device.results.values()) == first


class TestBooks:
    def test_s05_double_entry_sums_to_nothing_per_item_and_lot(self, day: Day) -> None:
        total: dict[tuple[str, str], int] = {}
        for entry in hands.entries():
            key = (entry.item, entry.lot)
            total[key] = total.get(key, 0) + entry.quantity
        assert total
        assert set(total.values()) == {0}

    def test_s06_a_balance_is_the_sum_of_its_entries(self, day: Day) -> None:
        assert hands.balances() == hands.sums_of_entries() != {}

    def test_s07_entries_up_to_a_count_sum_to_what_was_counted(self, day: Day) -> None:
        with snapshot() as session:
            anchors = list(session.scalars(select(Anchor)))
            approved = list(
                session.scalars(select(CountSheet).where(CountSheet.state == "approved"))
            )
        assert len(approved) == len(day.sheets) > 2
        counted = {(a.sheet, a.holder, a.item, a.lot): a.counted for a in anchors}
        checked = 0
        for anchor in (a for a in anchors if a.item == ""):
            at = (anchor.eff_at, anchor.device, anchor.epoch, anchor.seq, 1)
            sums: dict[tuple[str, str], int] = {}
            for e in hands.entries():
                if e.holder == anchor.holder:
                    before = (e.eff_at, e.device, e.epoch, e.seq, e.part) <= at
                    sums[(e.item, e.lot)] = sums.get((e.item, e.lot), 0) + e.quantity * before
            for (item, lot), booked in sums.items():
                assert booked == counted.get((anchor.sheet, anchor.holder, item, lot), 0)
                checked += 1
        assert checked > 2

    def test_s10_nothing_that_was_written_ever_changes(self, day: Day) -> None:
        tables = (StoredOperation, Entry, PositionEntry)
        before = [rows_of(table) for table in tables]
        site, device = day.world.site, day.world.handhelds[1]
        hands.call_off(device, day.voidable[0])
        sheet = hands.see(site, device, "A-01")
        hands.lay(site, device, TEA, 3, "A-01")
        device.push()
        hands.approve(site, sheet)

        for table, old in zip(tables, before, strict=True):
            now = rows_of(table)
            assert {key: now.get(key) for key in old} == old
            assert len(now) >= len(old)

    def test_s15_nothing_is_negative_without_a_word(self, day: Day) -> None:
        site = day.world.site
        virtual = {site.place(code) for code in ("@supplier", "@customer", "@variance", "@scrap")}
        negative = {
            f"{key.holder}|{key.item}|{key.lot}"
            for key, quantity in hands.balances(but=frozenset(virtual)).items()
            if quantity < 0
        }
        named = {subject for code, subject in hands.open_codes() if code == "negative_stock"}
        assert negative == named != set()


class TestHandhelds:
    def test_s11_a_client_holds_what_the_server_publishes(self, day: Day) -> None:
        for device in day.world.handhelds:
            device.pull(limit=3)  # page by page; every last page is checked against the sums
            mine = set(channels_of(device))
            with snapshot() as session:
                published = {
                    (row.channel, row.entity, row.id): json.loads(row.row)
                    for row in session.scalars(select(ChannelRow))
                    if row.channel in mine and row.row is not None
                }
            assert set(device.channels) == set(published)
            assert {key[1:]: row for key, row in published.items()} == device.rows

    def test_s12_what_is_pending_survives_reset_and_new_enrolment(self, site: Warehouse) -> None:
        device = site.handheld()
        hands.lay(site, device, TEA, 2, "A-01")
        device.sync()
        hands.lay(site, device, TEA, 3, "A-01")
        pending = list(device.queue[1:])
        device.cursor = "of another incarnation"
        device.pull()
        assert device.queue[1:] == pending

        _, welcome = site.wire(
            "POST",
            "/api/v1/devices",
            {"enrolment_code": issue_code(site.site), "label": "H1", "replaces": device.id},
            {},
        )
        assert welcome["device"] == device.id
        old = {epoch["epoch"]: epoch["last_seq"] for epoch in welcome["epochs"]}
        assert old[device.epoch] == 1
        device.credential = welcome["credential"]
        device.push()

        assert site.on_hand(TEA, "A-01") == 5
        assert device.sent == 2


def channels_of(device: Handheld) -> list[str]:
    from app.people.models import Device  # noqa: PLC0415 - the record, beside the model of one

    with snapshot() as session:
        org, site = channels(session.get_one(Device, device.id))
    return [*org, *site]


MASKED = (
    "seq", "commit_seq", "cursor", "xor", "server_time_ms", "base", "incarnation", "last_seen"
)  # fmt: skip


COMMON = ("org", "site", "role:counter")


def masked(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: masked(v) for k, v in value.items() if k not in MASKED}
    return [masked(each) for each in value] if isinstance(value, list) else value


class TestBlind:
    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_s13_nothing_sent_tells_a_book_quantity(self, morning: Morning, seed: int) -> None:
        queues: list[list[str]] = []
        told = []
        for expected in (0, 7, 100_003):
            with lived(morning) as world:
                day = Day(world, morning.orders)
                if not queues:
                    record(day, some_day(seed, 30))
                    queues = [list(device.queue) for device in world.handhelds]
                    ends = world.site.clock.ms
                world.site.clock.ms = ends
                told.append(self._told(world, queues, expected))

        assert told[0] == told[1] == told[2]

    def _told(self, world: World, queues: list[list[str]], expected: int) -> list[object]:
        for n, place in enumerate(PLACES if expected else ()):
            goods = world.site.goods((TEA, LAMP)[n % 2], expected)
            world.site.done("stock.open_stock", {"place": world.site.place(place), "goods": goods})
        told: list[object] = []
        for device, queue in zip(world.handhelds, queues, strict=True):
            device.clock.now = world.site.clock.now
            device.queue = list(queue)
            while device.sent < len(device.queue):
                told.append(masked(list(device.push_once(count=7))))
        for device in world.handhelds:
            path = f"/api/v1/sync/pull?epoch={device.epoch}&cursor=&limit=2000"
            _, page = device.call("GET", path)
            assert not page["has_more"]
            told += [masked(row) for row in page["changes"] if row["channel"] in COMMON]
            told.append(masked({channel: page["sums"][channel] for channel in COMMON}))
        return told
