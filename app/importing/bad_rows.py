"""The rows that did not go in, as a file that can be mended and brought again."""

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from app.importing.problems import BadFile
from app.kernel.spreadsheets import guarded


class BadRows:
    """Writes the original columns and one more: `problem`. Without a path nothing is written."""

    def __init__(self, path: Path | None, header: Sequence[str], delimiter: str) -> None:
        self._path = path
        self._header = header
        self._delimiter = delimiter
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        if self._path is not None:
            try:
                self._file = self._path.open("w", encoding="utf-8", errors="replace", newline="")
            except OSError as error:
                raise BadFile(reason=f"bad rows: {error.strerror}") from error
            self._write([*self._header, "problem"])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, cells: Sequence[str], problem: str) -> None:
        """Give a row back."""
        width = len(self._header)
        padded = [*cells, *[""] * (width - len(cells))][: max(width, len(cells))]
        self._write([*padded, problem])

    def _write(self, cells: Sequence[str]) -> None:
        if self._file is not None:
            writer = csv.writer(self._file, delimiter=self._delimiter)
            writer.writerow([guarded(cell.replace("\0", "\ufffd")) for cell in cells])
