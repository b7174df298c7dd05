"""What the battery has played: runs of one tree add up in a file."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.e2e.house import ROOT

PARTS = {"app": ".py", "migrations": ".py", "pwa/src": "", "tests/e2e": ".py"}


@dataclass(frozen=True)
class Played:
    """One cycle: what happened, how much work arrived, what was wrong afterwards."""

    seed: int
    cycle: int
    kind: str
    operations: int
    seconds: float
    wrong: list[str]


@dataclass
class Kept:
    """The cycles of this tree, in a file where one is named."""

    file: Path | None
    tree: str
    _fresh: list[Played] = field(default_factory=list)

    def keep(self, one: Played) -> None:
        """Remember a cycle."""
        self._fresh.append(one)
        if self.file is not None:
            with self.file.open("a") as file:
                file.write(json.dumps({"tree": self.tree, **asdict(one)}) + "\n")

    def played(self) -> list[Played]:
        """Every clean or wrong cycle of this tree so far."""
        if self.file is None:
            return self._fresh
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        found = [json.loads(line) for line in lines]
        return [Played(**one) for one in found if one.pop("tree") == self.tree]


def table(played: list[Played]) -> Iterator[str]:
    """Sum up: a line a kind, the last line over all."""
    yield "kind               cycles  wrong  operations  seconds"
    for kind in sorted({one.kind for one in played}):
        yield line(kind, [one for one in played if one.kind == kind])
    yield line("all", played)


def line(name: str, played: list[Played]) -> str:
    """Sum up some cycles."""
    wrong = sum(bool(one.wrong) for one in played)
    operations = sum(one.operations for one in played)
    seconds = sum(one.seconds for one in played)
    return f"{name:17} {len(played):7} {wrong:6} {operations:11} {seconds:8.0f}"


def tree() -> str:
    """Name this tree by the bytes of everything that takes part."""
    digest = hashlib.sha256()
    for folder, ending in PARTS.items():
        for path in sorted((ROOT / folder).rglob(f"*{ending}")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
