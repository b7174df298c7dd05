"""The independent book by itself: what counts mean in the order of the hands."""

import pytest

from app.proving.day.model import Carried, Counted, Model, Pile, Stood

DOCK, HERE, THERE = "dock", "here", "there"
TEA = Pile(HERE, "tea", "")


def book() -> Model:
    return Model("@supplier", "@customer", "@variance")


def told(model: Model, *steps: Carried | Stood | Counted) -> Model:
    model.told += steps
    model.approved |= {step.sheet for step in steps if isinstance(step, Counted)}
    return model


def arrived(quantity: int, status: str = "available") -> Carried:
    return Carried("@supplier", HERE, "tea", "", quantity, status)


def picked(quantity: int) -> Carried:
    return Carried(HERE, "tote", "tea", "", quantity)


class TestReckoning:
    def test_the_worked_case_has_no_variance(self) -> None:
        """Book 20, 5 picked offline at 10:00, 15 counted at 10:05: nothing is missing."""
        model = told(book(), arrived(20), picked(5), Counted("sheet", HERE, {TEA: 15}))

        sums = model.reckon()

        assert sums.book[(HERE, "tea", "", "available")] == 15
        assert not sums.variances

    def test_a_pick_after_the_count_is_no_variance_either(self) -> None:
        model = told(book(), arrived(20), Counted("sheet", HERE, {TEA: 18}), picked(5))

        sums = model.reckon()

        assert sums.variances == {("sheet", TEA): -2}
        assert sums.book[(HERE, "tea", "", "available")] == 13
        assert sums.book[("@variance", "tea", "", "available")] == 2

    def test_only_approved_sheets_speak(self) -> None:
        model = told(book(), arrived(20), Counted("sheet", HERE, {TEA: 3}))
        model.approved.clear()

        assert model.reckon().book[(HERE, "tea", "", "available")] == 20

    def test_what_was_not_listed_is_not_there(self) -> None:
        model = told(book(), arrived(4), Counted("sheet", HERE, {}))

        assert model.reckon().variances == {("sheet", TEA): -4}

    def test_a_shortage_is_taken_from_what_can_be_sold(self) -> None:
        model = told(book(), arrived(4), arrived(3, "damaged"), Counted("sheet", HERE, {TEA: 5}))

        sums = model.reckon()

        assert sums.book[(HERE, "tea", "", "available")] == 2
        assert sums.book[(HERE, "tea", "", "damaged")] == 3

    def test_a_pallet_stands_where_it_was_seen_last(self) -> None:
        on = Pile("pallet", "tea", "")
        model = told(
            book(),
            Stood("pallet", DOCK, None),
            Carried("@supplier", "pallet", "tea", "", 9),
            Stood("pallet", HERE, DOCK),
            Counted("one", THERE, {on: 9}),
            Counted("two", HERE, {}),
        )

        sums = model.reckon()

        assert sums.at["pallet"] == THERE
        assert not sums.variances
        assert not sums.gaps

    def test_a_pallet_nobody_saw_is_a_variance(self) -> None:
        model = told(book(), Stood("pallet", HERE, None), Counted("sheet", HERE, {}))

        assert model.reckon().at["pallet"] == "@variance"

    def test_a_pallet_taken_from_where_it_did_not_stand_leaves_a_gap(self) -> None:
        model = told(book(), Stood("pallet", DOCK, None), Stood("pallet", HERE, THERE))

        assert model.reckon().gaps == {"pallet"}


class TestHands:
    def test_nobody_takes_what_is_not_there(self) -> None:
        model = book()
        model.bring(TEA, 3)

        assert model.there(HERE, TEA) == 3
        assert model.there(THERE, TEA) == 0
        with pytest.raises(ValueError, match="took 4 of 3"):
            model.shift(TEA, THERE, 4)
