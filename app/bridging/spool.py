"""Reads on disk until the server has them; the oldest give way when there is no more room."""

import json
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MOST = 1_000_000  # reads; about 200 MB


class Spool:
    """One file. Numbers are never used twice, so that a read sent again is known."""

    def __init__(self, path: str | Path, most: int = MOST) -> None:
        self.most = most
        self.dropped = 0
        self._turn = threading.RLock()  # one loop writes while another sends
        self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=FULL")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS reads"
            " (n INTEGER PRIMARY KEY AUTOINCREMENT, read TEXT NOT NULL)"
        )

    def keep(self, reads: Sequence[dict[str, Any]]) -> None:
        """Write reads down; returns when the disk has them."""
        with self._turn, self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._file.executemany(
                "INSERT INTO reads (read) VALUES (?)", [(json.dumps(read),) for read in reads]
            )
            over = len(self) - self.most
            if over > 0:
                self._file.execute(
                    "DELETE FROM reads WHERE n IN (SELECT n FROM reads ORDER BY n LIMIT ?)", (over,)
                )
                self.dropped += over

    def oldest(self, most: int) -> list[dict[str, Any]]:
        """Return what is to be sent next; `event` is its number here."""
        with self._turn:
            asked = "SELECT n, read FROM reads ORDER BY n LIMIT ?"
            rows = self._file.execute(asked, (most,)).fetchall()
        return [{**json.loads(read), "event": n} for n, read in rows]

    def done(self, reads: Sequence[dict[str, Any]]) -> None:
        """Forget what the server has."""
        with self._turn, self._file:
            self._file.execute("BEGIN IMMEDIATE")
            self._file.executemany("DELETE FROM reads WHERE n = ?", [(r["event"],) for r in reads])

    def __len__(self) -> int:
        """How much waits."""
        with self._turn:
            (count,) = self._file.execute("SELECT COUNT(*) FROM reads").fetchone()
        return int(count)

    def close(self) -> None:
        """Close the file; what waits is there the next time."""
        self._file.close()
