"""How cells are read; no database in it."""

import pytest

from app.importing import dialect
from app.importing.dialect import Dialect, Unfit
from app.importing.presets import EUROPEAN

PLAIN = Dialect()


class TestWhole:
    @pytest.mark.parametrize(("cell", "number"), [("12", 12), ("-3", -3), ("+4", 4), ("007", 7)])
    def test_reads_a_whole_number(self, cell: str, number: int) -> None:
        assert dialect.whole(cell, PLAIN) == number

    @pytest.mark.parametrize("cell", ["1.0", "1,000", "1 000", "1_0", "٣", "1e3", "0x1", "9" * 16])
    def test_guesses_nothing(self, cell: str) -> None:
        with pytest.raises(Unfit):
            dialect.whole(cell, PLAIN)


class TestAmount:
    def test_reads_the_decimal_comma_where_it_is_the_habit(self) -> None:
        assert dialect.amount("2,55", EUROPEAN) == "2.55"
        with pytest.raises(Unfit):
            dialect.amount("2,55", PLAIN)

    @pytest.mark.parametrize("cell", ["NaN", "Infinity", "1e5", "1_000", "1.000,00", "ten"])
    def test_guesses_nothing(self, cell: str) -> None:
        with pytest.raises(Unfit):
            dialect.amount(cell, EUROPEAN)


class TestDays:
    def test_the_order_is_the_habit(self) -> None:
        assert dialect.day("1/12/2010", EUROPEAN) == "2010-12-01"
        assert dialect.day("1/12/2010", Dialect(dates="month_first")) == "2010-01-12"
        assert dialect.day("2010-12-01", EUROPEAN) == "2010-12-01"

    @pytest.mark.parametrize("cell", ["31/11/2010", "1/12/10", "2010-13-01", "today"])
    def test_guesses_nothing(self, cell: str) -> None:
        with pytest.raises(Unfit):
            dialect.day(cell, EUROPEAN)

    def test_an_instant_without_an_offset_is_utc(self) -> None:
        noon = 1_291_204_800_000
        assert dialect.instant("1/12/2010 12:00", EUROPEAN) == noon
        assert dialect.instant("2010-12-01T12:00", PLAIN) == noon
        assert dialect.instant("2010-12-01T13:00+01:00", PLAIN) == noon

    @pytest.mark.parametrize("cell", ["1/12/2010 25:00", "1/12/2010 noon", "1/12/2010 8"])
    def test_a_clock_shows_hours(self, cell: str) -> None:
        with pytest.raises(Unfit):
            dialect.instant(cell, EUROPEAN)


class TestLists:
    def test_packagings_are_names_with_quantities(self) -> None:
        assert dialect.quantities("case:12| pallet : 480", PLAIN) == [
            {"name": "case", "quantity": 12},
            {"name": "pallet", "quantity": 480},
        ]

    @pytest.mark.parametrize("cell", ["case", ":12", "case:many"])
    def test_guesses_nothing(self, cell: str) -> None:
        with pytest.raises(Unfit):
            dialect.quantities(cell, PLAIN)

    def test_yes_and_no_are_words(self) -> None:
        assert (dialect.yes_or_no("Sí", PLAIN), dialect.yes_or_no("0", PLAIN)) == (True, False)
        with pytest.raises(Unfit):
            dialect.yes_or_no("maybe", PLAIN)
