"""Workbooks become CSV in a process of their own, and then are files like any other."""

import subprocess
import sys
from pathlib import Path

from app.importing.problems import BadSpreadsheet, NoSpreadsheets
from app.importing.unpack import MISSING, MOST_SECONDS, TOO_LARGE

MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods are ZIPs, .xls a compound file


def is_workbook(content: bytes) -> bool:
    """Tell by the first bytes, whatever the file is called."""
    return content.startswith(MARKS)


def to_csv(source: Path, target: Path) -> None:
    """Write the first sheet as CSV."""
    command = [sys.executable, "-m", "app.importing.unpack", str(source), str(target)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BadSpreadsheet(reason="too large") from error
    if done.returncode == MISSING:
        raise NoSpreadsheets
    if done.returncode:
        # Negative: the workbook asked for more than the process was allowed to take.
        large = done.returncode == TOO_LARGE or done.returncode < 0
        raise BadSpreadsheet(reason="too large" if large else "unreadable")
