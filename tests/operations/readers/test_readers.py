"""Readers are let in, told what they look at, and shut out; what they saw is written down."""

from typing import Any

import pytest

from app.kernel.clock import micros, now
from app.kernel.ids import derived, uuid7
from app.pipeline.execute import Decided
from app.readers.models import Reader, ReadPoint, TagVisit
from tests.api.fixed_reader import PALLET, piece
from tests.operations.records import all_of
from tests.warehouse import DOCK, TEA, Warehouse


def register(site: Warehouse, name: str = "Gate 1", mark: str = "a", **over: Any) -> Decided:
    payload = {"name": name, "token_sha": mark * 64, "reader": None, **over}
    return site.ask("readers.register", payload)


@pytest.fixture
def gate(site: Warehouse) -> str:
    """The reader at gate 1."""
    decided = register(site)
    assert decided.outcome == "applied"
    return derived(str(decided.id), "reader")


def bind(site: Warehouse, reader: str, **over: Any) -> Decided:
    payload = {
        "reader": reader,
        "antenna": 1,
        "place": site.place(DOCK),
        "meaning": "dock_in",
        "side": "outside",
        **over,
    }
    return site.ask("readers.bind", payload)


def visit(site: Warehouse, reader: str, tag: str = PALLET, **over: Any) -> Decided:
    moment = micros(now())
    payload = {
        "reader": reader,
        "place": site.place(DOCK),
        "meaning": "dock_in",
        "tag": tag,
        "first_at": moment - 2_000_000,
        "last_at": moment,
        "reads": 5,
        "direction": "in",
        **over,
    }
    return site.ask("readers.note_visit", payload, roles=frozenset({"system"}))


class TestRegister:
    def test_a_name_is_one_readers(self, site: Warehouse, gate: str) -> None:
        assert register(site, mark="b").codes == ("readers.name_taken",)
        assert register(site, "Gate 2", mark="b").outcome == "applied"
        assert len(all_of(Reader)) == 2

    def test_another_token_for_the_same_reader(self, site: Warehouse, gate: str) -> None:
        assert register(site, mark="c", reader=gate).outcome == "applied"

        (row,) = all_of(Reader)
        assert (row.id, row.token_sha) == (gate, "c" * 64)

    def test_a_reader_nobody_knows(self, site: Warehouse) -> None:
        assert register(site, reader=uuid7()).codes == ("readers.not_registered",)


class TestRevoke:
    def test_the_name_is_free_again(self, site: Warehouse, gate: str) -> None:
        site.done("readers.revoke", {"reader": gate})

        assert register(site, mark="b").outcome == "applied"

    def test_a_reader_nobody_knows(self, site: Warehouse) -> None:
        assert site.ask("readers.revoke", {"reader": uuid7()}).codes == ("readers.not_registered",)


class TestBind:
    def test_antennas_of_one_place_and_meaning_are_one_gate(
        self, site: Warehouse, gate: str
    ) -> None:
        bind(site, gate)
        bind(site, gate, antenna=2, side="inside")
        bind(site, gate, antenna=3, place=site.place("A-01"), meaning="bin", side=None)

        gates = {row.antenna: row.gate for row in all_of(ReadPoint)}
        assert gates[1] == gates[2] != gates[3]

    def test_an_antenna_looks_at_one_thing(self, site: Warehouse, gate: str) -> None:
        bind(site, gate)
        bind(site, gate, meaning="passage", side=None)

        (row,) = all_of(ReadPoint)
        assert (row.meaning, row.side) == ("passage", None)

    def test_it_may_look_at_nothing_any_more(self, site: Warehouse, gate: str) -> None:
        bind(site, gate)
        bind(site, gate, place=None)

        (row,) = all_of(ReadPoint)
        assert (row.place, row.gate) == (None, None)

    def test_places_that_are_not_here(self, site: Warehouse, gate: str) -> None:
        for place in (uuid7(), site.place("@customer")):
            assert bind(site, gate, place=place).codes == ("readers.no_such_place",)
        assert bind(site, uuid7()).codes == ("readers.not_registered",)


class TestNoteVisit:
    def test_the_tag_of_a_pallet_names_it(self, site: Warehouse, gate: str) -> None:
        visit(site, gate)

        (row,) = all_of(TagVisit)
        assert (row.kind, row.code) == ("unit", "106141412345678908")
        assert row.subject == site.lpn("106141412345678908")
        assert (row.state, row.direction, row.reads) == ("open", "in", 5)

    def test_the_tag_of_a_piece_names_item_and_serial(self, site: Warehouse, gate: str) -> None:
        visit(site, gate, piece(17))

        (row,) = all_of(TagVisit)
        assert (row.kind, row.item, row.code) == ("piece", site.item(TEA), "17")
        assert row.subject == derived(site.item(TEA), "17")

    def test_tags_that_mean_nothing_here_are_kept_as_they_are(
        self, site: Warehouse, gate: str
    ) -> None:
        for tag in ("E2801170000002", piece(1, "0614141.812345"), "3074" + "F" * 20):
            visit(site, gate, tag)

        assert {row.kind for row in all_of(TagVisit)} == {"unknown"}
        assert all(row.subject is None for row in all_of(TagVisit))

    def test_the_sites_own_word_for_a_tag_comes_first(self, site: Warehouse, gate: str) -> None:
        tote = uuid7()
        mapped = {"code": "E28011700000", "target_kind": "lpn", "target": tote}
        site.done("identification.map_barcode", {**mapped, "packaging": None, "scans": []})

        visit(site, gate, "E28011700000")

        (row,) = all_of(TagVisit)
        assert (row.kind, row.subject, row.code) == ("unit", tote, "E28011700000")

    def test_it_moves_nothing(self, site: Warehouse, gate: str) -> None:
        before = site.entries()
        visit(site, gate)
        visit(site, gate, piece(1))

        assert site.entries() == before
        assert site.at(site.lpn("106141412345678908")) is None
        assert site.codes() == set()


class TestSettle:
    def settle(self, site: Warehouse, verdict: str, *visits: str) -> Decided:
        payload = {"visits": [*visits], "verdict": verdict, "note": None}
        return site.ask("readers.settle", payload, actor=site.person("S1"))

    def test_the_first_verdict_stands(self, site: Warehouse, gate: str) -> None:
        seen = derived(str(visit(site, gate).id), "visit")

        self.settle(site, "dismissed", seen)
        self.settle(site, "confirmed", seen)

        (row,) = all_of(TagVisit)
        assert (row.state, row.settled_by) == ("dismissed", site.person("S1"))

    def test_what_nobody_read(self, site: Warehouse) -> None:
        assert self.settle(site, "confirmed", uuid7()).codes == ("readers.no_such_visit",)
