"""Old payloads are read as today's; what nobody knew is applied when somebody does, at its time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select

from app.db import db, snapshot
from app.kernel.ids import derived
from app.ledger.models import Balance, Entry
from app.people.models import Grant
from app.pipeline.goods import Goods, Scan
from app.pipeline.operation import Kind, Operation, Outcome, Playbook, every_version
from app.pipeline.schema import Ident
from app.proving.handheld import Handheld
from app.proving.rebuild import verify
from app.receiving.operations import receive_line
from app.sync.understanding import catch_up
from tests.api.sync.wiring import revoke
from tests.properties.hands import answers, call_off, log, stored
from tests.warehouse import DOCK, EVERYBODY, TEA, Warehouse

NAME = "receiving.take_in"


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Payload of a gesture that an older version spelled otherwise, and a still older one, too."""

    goods: Goods
    target: Ident
    scans: tuple[Scan, ...]


def take_in(floor: Any, operation: Operation[TakeIn]) -> Outcome:
    said = operation.payload
    plain = receive_line.KIND.payload(
        po_line=None, asn_line=None, goods=said.goods, target=said.target, condition="good",
        reason=None, photos=(), scans=said.scans,
    )  # fmt: skip
    return receive_line.KIND.handle(floor, replace(operation, payload=plain))


def goods_have_more_fields(raw: dict[str, Any]) -> dict[str, Any]:
    """1 → 2: an item and a number became goods."""
    goods = {
        "item": raw.pop("item"), "quantity": raw.pop("pieces"), "packaging": None, "lot": None,
        "expiry": None, "serial": None, "lpn": None, "status": "available",
    }  # fmt: skip
    return {**raw, "goods": goods}


def the_place_is_a_target(raw: dict[str, Any]) -> dict[str, Any]:
    """2 → 3: a field got another name."""
    target = raw.pop("place")
    return {**raw, "target": target}


NEWEST = Kind(
    NAME, TakeIn, take_in, fact=True, roles=frozenset({"receiver"}), version=3,
    refs=lambda payload: receive_line.KIND.refs(
        receive_line.KIND.payload(
            po_line=None, asn_line=None, goods=payload.goods, target=payload.target,
            condition="good", reason=None, photos=(), scans=payload.scans,
        )
    ),
)  # fmt: skip
STEPS = {NAME: (goods_have_more_fields, the_place_is_a_target)}


def newer(book: Playbook) -> Playbook:
    """The next release: it knows one kind more, in all three versions that are about."""
    return replace(book, kinds={**book.kinds, **every_version([NEWEST], STEPS)})


@contextmanager
def upgraded(site: Warehouse) -> Iterator[Playbook]:
    older = site.playbook
    site.app.extensions["tallyman_playbook"] = newer(older)
    yield site.playbook
    site.app.extensions["tallyman_playbook"] = older


def first(site: Warehouse, pieces: int) -> dict[str, Any]:
    return {"item": site.item(TEA), "pieces": pieces, "place": site.place(DOCK), "scans": []}


def third(site: Warehouse, pieces: int) -> dict[str, Any]:
    return {"goods": site.goods(TEA, pieces), "target": site.place(DOCK), "scans": []}


def books(site: Warehouse) -> tuple[list[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Balances, and what was posted when."""
    db.session.remove()
    with snapshot() as session:
        held = session.execute(
            select(Balance.holder, Balance.item, Balance.quantity).order_by(
                Balance.holder, Balance.item
            )
        ).all()
        posted = session.execute(
            select(Entry.operation, Entry.holder, Entry.quantity, Entry.eff_at)
        ).all()
    return [tuple(row) for row in held], {tuple(row) for row in posted}


class TestOldVersions:
    def test_mean_what_they_meant_and_their_bytes_stay(self, site: Warehouse) -> None:
        device = site.handheld()
        one = device.record(NAME, first(site, 2), kind_v=1)
        device.record(
            NAME,
            {"goods": site.goods(TEA, 3), "place": site.place(DOCK), "scans": []},
            kind_v=2,
        )
        device.record(NAME, third(site, 4), kind_v=3)
        with upgraded(site):
            device.push()
            assert site.on_hand(TEA, DOCK) == 9
            row = stored(one)
            assert (row.kind, row.kind_v) == (NAME, 1)
            assert row.envelope.decode() == device.queue[0]
            assert verify(site.playbook, db.engine).differences == ()

            call_off(device, one)  # read once more, from its bytes
            device.push()
            assert site.on_hand(TEA, DOCK) == 7
            assert verify(site.playbook, db.engine).differences == ()

    @pytest.mark.parametrize(
        "payload",
        [{}, {"item": 1}, [], None, {"item": None, "pieces": "x", "place": [], "scans": {}}, "x"],
        ids=str,
    )
    def test_what_was_never_one_is_unreadable_and_blocks_nothing(
        self, site: Warehouse, payload: Any
    ) -> None:
        device = site.handheld()
        device.record(NAME, payload, kind_v=1)
        device.record(NAME, first(site, 2), kind_v=1)
        with upgraded(site):
            device.push()
        assert answers(device)[1] == ("exception", ("sync.unreadable",))
        assert site.on_hand(TEA, DOCK) == 2

    def test_integrations_may_speak_the_old_version_too(self, site: Warehouse) -> None:
        from app.pipeline.office import Author, Request, submit  # noqa: PLC0415

        with upgraded(site) as book:
            author = Author(site.org, site.site, site.person("B1"), frozenset(EVERYBODY))
            decided = submit(book, author, Request(NAME, first(site, 5), kind_v=1))
        assert decided.outcome == "flagged"
        assert site.on_hand(TEA, DOCK) == 5

    def test_a_kind_without_its_steps_does_not_start(self) -> None:
        with pytest.raises(ValueError, match="has 0 upcasts"):
            every_version([NEWEST], {})


class TestAnUpgrade:
    def test_applies_what_was_kept_at_its_own_time_and_once(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = [
            device.record(NAME, first(site, 2), kind_v=1),
            device.record(NAME, third(site, 4), kind_v=3),
        ]
        device.push()
        assert set(answers(device).values()) == {("exception", ("sync.unsupported",))}
        assert site.on_hand(TEA, DOCK) == 0
        assert catch_up(site.playbook) == 0  # the same server knows no more than before

        with upgraded(site) as book:
            assert catch_up(book) == 2
            assert catch_up(book) == 0
            assert site.on_hand(TEA, DOCK) == 6
            assert "sync.unsupported" not in site.codes()
            for operation in kept:
                assert stored(operation).outcome == "exception"  # the first answer stays
            times = {(row[0], row[3]) for row in books(site)[1]}
            assert times == {(each, stored(each).eff_at) for each in kept}
            device.push_once(first=1)
            assert device.results[1]["duplicate"]
            assert site.on_hand(TEA, DOCK) == 6
            assert verify(book, db.engine).differences == ()

    @pytest.mark.parametrize("order", ["as they came", "backwards", "by the upgrade"])
    def test_comes_to_the_same_in_any_order(self, site: Warehouse, order: str) -> None:
        """What followed them was applied before; each takes its place in between."""
        device = site.handheld()
        for n in range(1, 4):
            device.record(NAME, first(site, n), kind_v=1)
            site.carry(device, TEA, n, DOCK, "A-01")
            site.clock.pass_(1)
        device.push()
        assert site.on_hand(TEA, DOCK) == -6
        with upgraded(site) as book:
            kept = [row for row in log() if row.codes == ["sync.unsupported"]]
            if order == "backwards":
                kept.reverse()
            for row in kept if order != "by the upgrade" else ():
                asked = {"exception": None}
                assert site.ask("system.reapply", asked, cause=row.operation).outcome == "flagged"
            assert catch_up(book) == (3 if order == "by the upgrade" else 0)

            held, posted = books(site)
            assert {(holder, n) for holder, _, n in held if n} == {
                (site.place("@supplier"), -6),
                (site.place("A-01"), 6),
            }
            assert {(row[0], row[3]) for row in posted} >= {
                (row.operation, row.eff_at) for row in kept
            }
            assert "negative_stock" not in site.codes()
            assert verify(book, db.engine).differences == ()

    def test_a_forged_actor_stays_out(self, site: Warehouse) -> None:
        device = site.handheld()
        device.actor, device.grant = derived(site.org, "nobody"), None
        device.record(NAME, first(site, 2), kind_v=1)
        device.push()
        with upgraded(site) as book:
            assert catch_up(book) == 0
        assert site.on_hand(TEA) == 0
        assert "sync.unsupported" in site.codes()

    def test_a_grant_of_another_handheld_proves_nothing(self, site: Warehouse) -> None:
        device, other = site.handheld("H1", "B1"), site.handheld("H2", "B2")
        device.grant = other.grant
        with snapshot() as session:
            assert session.get(Grant, device.grant)
        device.record(NAME, first(site, 2), kind_v=1)
        device.push()
        with upgraded(site) as book:
            assert catch_up(book) == 0

    def test_a_desks_decision_out_of_a_queue_is_never_understood(self, site: Warehouse) -> None:
        device = site.handheld(badge="S1")
        kept = device.record("items.save_item", {"sku": "X", "name": "X"})
        device.push()
        assert catch_up(site.playbook) == 0
        asked = site.ask("system.reapply", {"exception": None}, cause=kept)
        assert asked.codes == ("operations.nothing_kept",)

    def test_what_was_called_off_meanwhile_stays_undone(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = device.record(NAME, first(site, 2), kind_v=1)
        call_off(device, kept)
        device.push()
        with upgraded(site) as book:
            assert catch_up(book) == 0
        assert site.on_hand(TEA) == 0

    def test_an_undo_waits_for_the_version_that_can_read_what_it_undoes(
        self, site: Warehouse
    ) -> None:
        """A server that went back a release keeps the undo, from the desk and from hands."""
        device = site.handheld()
        first_, second = (
            device.record(NAME, first(site, 2), kind_v=1),
            device.record(NAME, first(site, 3), kind_v=1),
        )
        with upgraded(site):
            device.push()
        call_off(device, first_)
        device.push()
        asked = site.ask("operations.void", {"reason": None, "scans": []}, cause=second)
        assert asked.codes == answers(device)[3][1] == ("sync.unsupported",)
        assert site.on_hand(TEA, DOCK) == 5

        with upgraded(site) as book:
            assert catch_up(book) == 2
            assert site.on_hand(TEA, DOCK) == 0
            assert "sync.unsupported" not in site.codes()
            assert verify(book, db.engine).differences == ()

    def test_what_was_understood_late_can_be_called_off_after_it(self, site: Warehouse) -> None:
        device = site.handheld()
        kept = device.record(NAME, first(site, 2), kind_v=1)
        device.push()
        with upgraded(site) as book:
            assert catch_up(book) == 1
            call_off(device, kept)
            device.push()
            assert answers(device)[2] == ("applied", ())
            assert site.on_hand(TEA, DOCK) == 0
            assert verify(book, db.engine).differences == ()

    def test_what_a_person_let_stand_is_left_alone(self, site: Warehouse) -> None:
        device = site.handheld()
        device.record(NAME, first(site, 2), kind_v=1)
        device.push()
        (subject,) = [s for code, s in site.exceptions() if code == "sync.unsupported"]
        accepted = {
            "exception": derived(site.site, f"sync.unsupported|{subject}"),
            "resolution": "accept",
            "note": None,
        }
        site.done("exceptions.resolve", accepted)
        with upgraded(site) as book:
            assert catch_up(book) == 0
        assert site.on_hand(TEA) == 0

    def test_a_shut_out_handheld_is_not_let_in_by_an_upgrade(self, site: Warehouse) -> None:
        device = site.handheld()
        device.record(NAME, first(site, 2), kind_v=1)
        revoke(device)
        device.push()
        with upgraded(site) as book:
            assert catch_up(book) == 0
        assert site.on_hand(TEA) == 0


class TestOldClients:
    def test_are_asked_to_update_and_heard_all_the_same(self, site: Warehouse) -> None:
        settings = site.app.config["TALLYMAN"]
        site.app.config["TALLYMAN"] = replace(settings, min_app="9.0.0")
        device: Handheld = site.handheld()
        site.receive(device, TEA, 3)
        assert json.loads(device.queue[0])["app"] == "1.0.0"
        device.push()
        status, page = device.call("GET", f"/api/v1/sync/pull?epoch={device.epoch}&cursor=")

        assert (status, page["min_app"]) == (200, "9.0.0")
        assert site.on_hand(TEA, DOCK) == 3
