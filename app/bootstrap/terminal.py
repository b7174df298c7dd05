"""What the person in front of the terminal sees while things are set up."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HEAD = 15  # npm says what is wrong first
TAIL = 40  # compilers and pip say it last


@dataclass(eq=False)
class Stop(Exception):
    """What happened, and what to do about it."""

    happened: str
    advice: str
    output: str = ""

    def __str__(self) -> str:
        parts = [self.output.rstrip(), f"Stopped: {self.happened}", f"What to do: {self.advice}"]
        return "\n".join(part for part in parts if part)


def say(words: str) -> None:
    print(words, flush=True)


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, how long it took, the end of what it printed."""

    code: int
    seconds: float
    output: str


def watch(
    title: str,
    command: Sequence[str],
    *,
    cwd: Path,
    env: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command and show on one line that it moves; its output is kept, not shown."""
    started = time.monotonic()
    head: list[str] = []
    tail: deque[str] = deque(maxlen=TAIL)
    if sys.stdout.isatty():
        _show_progress(f"{title} …")
    else:
        say(f"{title} …")
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as running:
        for line in running.stdout or ():
            (head if len(head) < HEAD else tail).append(line.rstrip())
            if line.strip():
                _show_progress(f"{title} … {line.strip()}")
    _show_progress("")
    return Ended(running.returncode, time.monotonic() - started, "\n".join([*head, *tail]))


def step(
    title: str,
    command: Sequence[str],
    *,
    cwd: Path,
    advice: str,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a command that has to succeed."""
    ended = watch(title, command, cwd=cwd, env=env)
    if ended.code != 0:
        what = f"{title}: the command ended with code {ended.code}\n  {' '.join(command)}"
        raise Stop(what, advice, ended.output)
    say(f"{title}: {ended.seconds:.1f} s")


def _show_progress(words: str) -> None:
    if not sys.stdout.isatty():
        return
    width = shutil.get_terminal_size().columns - 1
    sys.stdout.write(f"\r\x1b[K{words[:width]}")
    sys.stdout.flush()
