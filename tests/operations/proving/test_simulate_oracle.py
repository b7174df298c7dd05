"""The oracle by itself: what the books must show, from what hands did and nothing else."""

import ast
from collections import Counter
from pathlib import Path

from app.proving.simulate import deeds as floor
from app.proving.simulate.deeds import DOCK, SUPPLIER, TEA, Deed, Finish, Line, Move, Pile, Stand
from app.proving.simulate.oracle import reckon
from app.proving.simulate.truth import Truth, drawn

BIN = "A-01"
HERE = Pile(BIN, TEA, "")


def by_truth(deed: Deed) -> tuple[int, int]:
    return deed.at, deed.n


def put(n: int, at: int, quantity: int, source: str = SUPPLIER, target: str = BIN) -> Deed:
    return Deed(n, at, 0, "move", moves=(Move(source, target, TEA, "", quantity),))


def counted(n: int, at: int, quantity: int) -> tuple[Deed, Deed]:
    line = Deed(n, at, 1, "count_line", line=Line(n, BIN, HERE, None, quantity))
    return line, Deed(n + 1, at + 1, 1, "finish_bin", finish=Finish(n, BIN, empty=False))


class TestWorkedCase:
    """Book 20; 10:00 A picks 5; 10:05 B counts 15 (sync.md §7)."""

    def test_a_late_pick_explains_the_count(self) -> None:
        told = [put(0, 1, 20), put(1, 100, 5, BIN, "T-SO-1"), *counted(2, 105, 15)]

        books = reckon(told, {2}, by_truth)

        assert books.book[HERE] == 15
        assert books.variances == {}

    def test_without_the_pick_five_are_missing(self) -> None:
        books = reckon([put(0, 1, 20), *counted(2, 105, 15)], {2}, by_truth)

        assert books.book[HERE] == 15
        assert books.variances == {(2, HERE): -5}

    def test_a_count_that_nobody_approved_changes_nothing(self) -> None:
        books = reckon([put(0, 1, 20), *counted(2, 105, 15)], set(), by_truth)

        assert books.book[HERE] == 20

    def test_what_was_not_listed_was_not_there(self) -> None:
        milk = Deed(1, 2, 0, "receive", moves=(Move(SUPPLIER, BIN, "MILK", "L1", 7),))
        books = reckon([put(0, 1, 20), milk, *counted(2, 105, 20)], {2}, by_truth)

        assert books.book[Pile(BIN, "MILK", "L1")] == 0
        assert books.variances == {(2, Pile(BIN, "MILK", "L1")): -7}

    def test_a_pallet_that_was_not_seen_is_missing(self) -> None:
        pallet = Deed(1, 2, 0, "move_unit", stands=(Stand("P-1", BIN),))
        books = reckon([put(0, 1, 20), pallet, *counted(2, 105, 20)], {2}, by_truth)

        assert books.at == {"P-1": "@variance"}

    def test_what_was_called_off_did_not_happen(self) -> None:
        off = Deed(1, 9, 0, "void", void=0)

        assert reckon([put(0, 1, 20), off], set(), by_truth).on_hand() == {}


class TestTimeline:
    def test_the_same_seed_is_the_same_day(self) -> None:
        assert drawn(7, 3, 8, 150).deeds == drawn(7, 3, 8, 150).deeds != drawn(8, 3, 8, 150).deeds

    def test_hands_only_take_what_is_there(self) -> None:
        for seed in range(20):
            truth: Truth = drawn(seed, 4, 8, 200)
            assert min(truth.goods.values()) >= 0
            assert 60 < len(truth.deeds) < 420

    def test_true_counts_and_told_deeds_lead_to_what_lies_there(self) -> None:
        """Without mistakes, miscounts and what vanishes, the books are the shelves."""
        for seed in range(20):
            truth = drawn(seed, 4, 8, 200)
            told = [deed for deed in truth.deeds if not deed.line and not deed.finish]
            off = {deed.void for deed in told if deed.void is not None}
            real = Counter[Pile]()
            for deed in told:
                for move in deed.moves if deed.n not in off else ():
                    real[Pile(move.source, move.item, move.lot)] -= move.quantity
                    real[Pile(move.target, move.item, move.lot)] += move.quantity
            books = reckon(truth.deeds, set(), by_truth)
            waiting = {d.n for d in truth.deeds if d.kind in ("receive", "move")}
            assert waiting
            assert books.on_hand() == {pile: q for pile, q in real.items() if q}

    def test_nothing_of_the_product_is_known_here(self) -> None:
        folder = Path(floor.__file__).parent
        for name in ("deeds.py", "truth.py", "oracle.py", "timepiece.py"):
            for node in ast.walk(ast.parse((folder / name).read_text())):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app"):
                    assert node.module in (
                        "app.proving.simulate.deeds",
                        "app.proving.simulate.truth",
                    )
        assert DOCK in floor.__dict__.values()
