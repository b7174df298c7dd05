"""What this process was trying when it died: noted where its death cannot take it along.

A note is a few bytes in a file that is mapped into memory, so writing one costs no system call,
and the kernel keeps it whatever becomes of the process. Whoever starts next reads the boxes of the
dead: every operation they died over is suspect. A suspect is tried by itself, and after three
deaths not at all (sync.md §4). A power cut forgets the notes, and kills nobody by an operation.
"""

import json
import mmap
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

if sys.platform != "win32":  # there is one process only there
    import fcntl

Suspect = tuple[str, int, int]  # device, epoch, seq
Begin = Callable[[], None]
FOLDER = "attempts"
DEADLY = 3
SLOTS, SLOT = 160, 128  # more threads than any recipe has, and room for an id and three numbers


class BlackBox:
    """The notes of one process, and what is known of those that died before it."""

    def __init__(self, home: Path) -> None:
        self.folder = home / FOLDER
        self.folder.mkdir(parents=True, exist_ok=True)
        self._ledger = self.folder / "deaths.json"
        self._deaths: dict[Suspect, int] = {}
        self._read_at = 0
        self._free = list(range(SLOTS))
        self._one_at_a_time = threading.RLock()
        with self._locked():  # a box that nobody holds yet looks like a dead one's
            self._open(self.folder / f"{uuid4().hex}.box")
            self._autopsy()

    def _open(self, path: Path) -> None:
        self.path = path
        self._file = path.open("w+b")
        _hold(self._file.fileno())  # let go by the kernel when the process is gone
        self._file.truncate(SLOTS * SLOT)
        self._notes = mmap.mmap(self._file.fileno(), SLOTS * SLOT)

    def close(self) -> None:
        """Leave in order: there is nothing to tell."""
        self._notes.close()
        self._file.close()
        self.path.unlink(missing_ok=True)

    def deaths(self) -> Mapping[Suspect, int]:
        """Say how many processes have died over which operation; nearly always there is none."""
        self._look_again()
        return self._deaths

    @contextmanager
    def trying(self, device: str, epoch: int, first: int, last: int) -> Iterator[Begin]:
        """Note an attempt from the moment when what is yielded is called until it is over.

        Not from the start: whoever waits for its turn dies of somebody else's operation.
        """
        try:
            slot = self._free.pop()
        except IndexError:  # more threads than anybody has: this one goes unnoted
            yield lambda: None
            return
        start = slot * SLOT
        note = f"{device}|{epoch}|{first}|{last}\n".encode()

        def begin() -> None:
            self._notes[start + 1 : start + 1 + len(note)] = note
            self._notes[start] = 1  # last: half a note is none

        try:
            yield begin
        finally:
            self._notes[start] = 0
            self._free.append(slot)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Suspects are not tried beside each other, or one would answer for the other's deeds."""
        with self._one_at_a_time:
            yield

    def clear(self, suspect: Suspect) -> None:
        """It was decided and nobody died, or it will not be tried any more."""
        with self._locked():
            self._read()
            if self._deaths.pop(suspect, None) is not None:
                self._write()

    def _look_again(self) -> None:
        """Another process may have died and been looked into meanwhile."""
        try:
            changed = self._ledger.stat().st_mtime_ns
        except FileNotFoundError:
            return
        if changed != self._read_at:
            self._read()

    def _autopsy(self) -> None:
        """Count what the dead were trying, once for each of them."""
        self._read()
        dead = [box for box in self.folder.glob("*.box") if box != self.path and _dead(box)]
        noted = [suspect for box in dead for suspect in _last_notes(box)]
        for suspect in noted:
            self._deaths[suspect] = self._deaths.get(suspect, 0) + 1
        if noted:
            self._write()
        for box in dead:
            box.unlink(missing_ok=True)

    def _read(self) -> None:
        try:
            self._read_at = self._ledger.stat().st_mtime_ns
            found = json.loads(self._ledger.read_text())
        except (FileNotFoundError, ValueError):
            found = []
        self._deaths = {(str(d), int(e), int(s)): int(n) for d, e, s, n in found}

    def _write(self) -> None:
        part = self._ledger.with_suffix(".part")
        with part.open("w") as file:
            json.dump([[*suspect, n] for suspect, n in sorted(self._deaths.items())], file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._ledger)
        self._read_at = self._ledger.stat().st_mtime_ns

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / "deaths.lock").open("a") as file:
            _hold(file.fileno(), wait=True)
            yield


def _hold(descriptor: int, *, wait: bool = False) -> bool:
    """Take a lock that ends with the process; False where somebody else has it."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _dead(box: Path) -> bool:
    try:
        with box.open("rb") as file:
            return _hold(file.fileno())
    except FileNotFoundError:  # somebody else's autopsy
        return False


def _last_notes(box: Path) -> Iterator[Suspect]:
    notes = box.read_bytes()
    for start in range(0, len(notes), SLOT):
        if notes[start] != 1:
            continue
        device, epoch, first, last = notes[start + 1 : start + SLOT].split(b"\n")[0].split(b"|")
        for seq in range(int(first), int(last) + 1):
            yield device.decode(), int(epoch), seq


_box: BlackBox | None = None


def carry(home: Path) -> BlackBox:
    """Let this process carry a box from now on."""
    global _box  # noqa: PLW0603 - one a process, like the process itself
    _box = BlackBox(home)
    return _box


def carried() -> BlackBox | None:
    """Return the box of this process; commands and tests have none."""
    return _box
