"""What is close enough when a bin is counted."""

import pytest

from app.counting.rules import Tolerance, tolerance_of, within


@pytest.mark.parametrize(
    ("settings", "tolerance"),
    [
        ({}, Tolerance()),
        ({"count_tolerance": {"quantity": 2, "percent": 5}}, Tolerance(2, 5)),
        ({"count_tolerance": {"quantity": -2, "percent": 500}}, Tolerance()),
        ({"count_tolerance": 3}, Tolerance()),
    ],
)
def test_is_what_the_site_decided(settings: dict[str, object], tolerance: Tolerance) -> None:
    assert tolerance_of(settings) == tolerance
    assert tolerance_of({"count_tolerance": tolerance.as_setting()}) == tolerance


@pytest.mark.parametrize(
    ("tolerance", "lines", "close"),
    [
        (Tolerance(), [(5, 5), (0, 0)], True),
        (Tolerance(), [(5, 6)], False),
        (Tolerance(pieces=1), [(5, 6), (7, 6)], True),
        (Tolerance(pieces=1), [(5, 6), (8, 6)], False),
        (Tolerance(percent=10), [(90, 100)], True),
        (Tolerance(percent=10), [(89, 100)], False),
        (Tolerance(percent=10), [(9, 10), (8, 9)], False),  # a tenth of nine pieces is none
        (Tolerance(pieces=1, percent=10), [(90, 100), (1, 2)], True),
        (Tolerance(percent=100), [(1, -1)], False),
        (Tolerance(), [], True),
    ],
)
def test_every_line_must_be(
    tolerance: Tolerance,
    lines: list[tuple[int, int]],
    close: bool,  # noqa: FBT001
) -> None:
    assert within(tolerance, lines) is close
