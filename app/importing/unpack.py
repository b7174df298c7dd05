"""Writes the first sheet of a workbook as CSV; a program of its own, since workbooks may be bombs.

A few kilobytes can ask for a trillion cells. Here only this process dies of it.
"""

import csv
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MISSING, TOO_LARGE, UNREADABLE = 3, 4, 5
MOST_CELLS = 4_000_000
MOST_BYTES = 1 << 30  # of memory
MOST_SECONDS = 60


def main(source: str, target: str) -> int:
    """Unpack; the exit status says why not."""
    _confine()
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - an extra
    except ImportError:
        return MISSING
    try:
        workbook = CalamineWorkbook.from_path(source)
        sheet = workbook.get_sheet_by_index(0)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            return TOO_LARGE
        rows = sheet.to_python()
    except MemoryError:
        return TOO_LARGE
    except (CalamineError, OSError, ValueError, IndexError):
        return UNREADABLE
    with Path(target).open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file).writerows([cell(value) for value in row] for row in rows)
    return 0


def cell(value: Any) -> str:  # noqa: ANN401
    """Write a value as the plain preset reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).replace("\0", "\ufffd")


def _confine() -> None:
    if sys.platform == "win32":
        return  # the time limit of the caller has to do
    import resource  # noqa: PLC0415 - not there on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
