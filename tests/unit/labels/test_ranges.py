"""Ranges of codes, as somebody says them who hangs up labels."""

import pytest

from app.labels.ranges import MOST, expand


class TestExpand:
    def test_lets_every_part_run_by_itself(self) -> None:
        codes = expand("A-01-1", "A-12-6")

        assert codes is not None
        assert len(codes) == 12 * 6
        assert (codes[0], codes[5], codes[6], codes[-1]) == ("A-01-1", "A-01-6", "A-02-1", "A-12-6")

    @pytest.mark.parametrize(
        ("first", "last", "codes"),
        [
            ("T-1", "T-3", ("T-1", "T-2", "T-3")),
            ("T-8", "T-11", ("T-8", "T-9", "T-10", "T-11")),
            ("T-08", "T-11", ("T-08", "T-09", "T-10", "T-11")),
            ("A-1", "C-1", ("A-1", "B-1", "C-1")),
            ("1a", "2b", ("1a", "1b", "2a", "2b")),
            ("DOCK-1", "DOCK-2", ("DOCK-1", "DOCK-2")),
            ("X", "X", ("X",)),
        ],
    )
    def test_keeps_what_both_ends_share(
        self, first: str, last: str, codes: tuple[str, ...]
    ) -> None:
        assert expand(first, last) == codes

    @pytest.mark.parametrize(
        ("first", "last"),
        [("A-01", "A-01-6"), ("A-5", "A-1"), ("DOCK-1", "STAGE-1"), ("B", "A"), ("A", "a")],
    )
    def test_knows_nothing_between_codes_that_are_not_built_alike(
        self, first: str, last: str
    ) -> None:
        assert expand(first, last) is None

    def test_stops_where_there_are_more_than_anybody_prints(self) -> None:
        for first, last in (("A-0-0-0", "Z-999999-999999-999999"), ("1", "9" * 18)):
            codes = expand(first, last)
            assert codes is not None
            assert len(codes) == MOST + 1
