"""Every check runs, and the closing line tells the truth."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from app.bootstrap.checks import (
    Check,
    Count,
    Result,
    carry_out,
    counted,
    side_by_side,
    summed_up,
)
from app.bootstrap.commands import reported

PYTEST_REPORT = """<?xml version="1.0"?>
<testsuites name="pytest tests">
  <testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10"/>
</testsuites>"""
VITEST_REPORT = """<?xml version="1.0"?>
<testsuites name="vitest tests" tests="5" failures="1" errors="0">
  <testsuite name="a" tests="3" failures="1" errors="0" skipped="0"/>
  <testsuite name="b" tests="2" failures="0" errors="0" skipped="1"/>
</testsuites>"""


def check(tmp_path: Path, program: str, report: Path | None = None) -> Check:
    return Check("stock check", [sys.executable, "-c", program], tmp_path, report)


class TestSideBySide:
    def test_a_worker_for_every_core_up_to_a_few(self) -> None:
        assert side_by_side(2)[:2] == ("-n", "2")
        assert side_by_side(64)[:2] == ("-n", "4")

    def test_one_core_needs_no_workers(self) -> None:
        assert side_by_side(1) == ()


class TestCounted:
    @pytest.mark.parametrize(
        ("report", "count"),
        [
            (PYTEST_REPORT, Count(passed=4, failed=3, skipped=3)),
            (VITEST_REPORT, Count(passed=3, failed=1, skipped=1)),
            ("<testsuite", Count()),
        ],
        ids=["pytest", "vitest", "torn"],
    )
    def test_reads_a_report(self, tmp_path: Path, report: str, count: Count) -> None:
        (tmp_path / "report.xml").write_text(report)

        assert counted(tmp_path / "report.xml") == count

    def test_counts_nothing_without_a_report(self, tmp_path: Path) -> None:
        assert counted(tmp_path / "report.xml") == Count()


class TestCarryOut:
    def test_passes_with_exit_code_0(self, tmp_path: Path) -> None:
        assert carry_out(check(tmp_path, "print('fine')"), os.environ).ok

    def test_shows_what_a_failing_check_printed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        result = carry_out(check(tmp_path, "print('bin 4 is short'); exit(1)"), os.environ)

        assert not result.ok
        assert "bin 4 is short" in capsys.readouterr().out

    def test_keeps_quiet_about_a_passing_one(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        carry_out(check(tmp_path, "print('nothing to see')"), os.environ)

        assert "nothing to see" not in capsys.readouterr().out

    def test_fails_when_the_program_is_missing(self, tmp_path: Path) -> None:
        missing = Check("ruff check", [str(tmp_path / "ruff")], tmp_path)

        assert not carry_out(missing, os.environ).ok

    def test_counts_the_tests_of_a_report(self, tmp_path: Path) -> None:
        report = tmp_path / "report.xml"
        program = f"open({str(report)!r}, 'w').write({PYTEST_REPORT!r}); exit(1)"

        assert carry_out(check(tmp_path, program, report), os.environ).count.failed == 3


class TestClosingLine:
    def closing(self, capsys: pytest.CaptureFixture[str], *results: Result) -> tuple[int, str]:
        code = reported(results)
        return code, capsys.readouterr().out.splitlines()[-1]

    def test_adds_up_both_halves(self, capsys: pytest.CaptureFixture[str]) -> None:
        python = Result("pytest", ok=True, seconds=1, count=Count(passed=7, skipped=1))
        handheld = Result("vitest", ok=True, seconds=1, count=Count(passed=5))

        assert self.closing(capsys, python, handheld) == (
            0,
            "tests: 12 passed, 0 failed, 1 skipped",
        )

    def test_counts_a_failed_check_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        types = Result("mypy", ok=False, seconds=1)
        tests = Result("pytest", ok=True, seconds=1, count=Count(passed=7))

        assert self.closing(capsys, types, tests) == (1, "tests: 7 passed, 1 failed")

    def test_is_red_when_a_runner_fails_with_all_tests_green(self) -> None:
        crashed = Result("vitest", ok=False, seconds=1, count=Count(passed=5))

        assert summed_up([crashed]) == Count(passed=5, failed=1)

    def test_is_red_when_no_test_ran(self, capsys: pytest.CaptureFixture[str]) -> None:
        nothing = Result("pytest", ok=True, seconds=1)

        assert self.closing(capsys, nothing) == (1, "tests: 0 passed, 0 failed")
