"""Fingerprints of files, so that work already done is not done again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

NOT_SOURCES = frozenset(
    {"node_modules", "dist", "coverage", "__pycache__", ".built-from", ".installed-from"},
)


def sources(folder: Path) -> Iterator[Path]:
    """Every file below a folder that somebody wrote, in a stable order."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_SOURCES:
            continue
        if path.is_dir():
            yield from sources(path)
        elif path.is_file():
            yield path


def fingerprint(root: Path, files: Iterable[Path], *facts: str) -> str:
    """Change when a name, a content or a fact changes."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    for fact in facts:
        digest.update(f"{fact}\0".encode())
    return digest.hexdigest()


def is_current(stamp: Path, expected: str) -> bool:
    """Tell whether the stamp was left by exactly this state."""
    try:
        return stamp.read_text(encoding="utf-8").strip() == expected
    except OSError:
        return False


def remember(stamp: Path, done: str) -> None:
    stamp.write_text(f"{done}\n", encoding="utf-8")
