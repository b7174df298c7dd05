"""What a day says about itself."""

from app.proving.day.report import Report, goals, told


def test_a_line_is_told_beside_what_it_may_cost() -> None:
    """The handheld's own flows are held to the same goals, in `gestures.test.ts`."""
    played = {
        "pick a line": {"lines": 4, "scans": 2.0, "taps": 0.0, "numbers": 0.25},
        "take work": {"lines": 1, "scans": 0.0, "taps": 1.0, "numbers": 0.0},
    }
    report = Report(1, 4, 9, 4, 0, 0, 0, 0, {}, played, 1.0, ())

    lines = "\n".join(told(report))
    assert "2.00 scans, 0.25 numbers (goal 2 scans)" in lines
    assert "0.00 scans, 1.00 taps\n" in lines
    assert goals()["report a short"] == {"scans": 0, "taps": 2, "numbers": 0}
