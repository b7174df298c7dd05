"""The file itself: a ZIP of tables as JSON lines and of files, sealed by checksums."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from app.safekeeping.problems import NotABackup

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "seal.sha256"
CHUNK = 1 << 20
LONGEST = 64 << 20  # bytes of one row


@dataclass(frozen=True, slots=True)
class Part:
    """One table or file: how much there is of it, and its checksum."""

    name: str
    size: int  # rows of a table, bytes of a file
    sha256: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and from where it comes."""

    revision: str
    version: str
    database: str
    made_at: str
    tables: tuple[Part, ...]
    files: tuple[Part, ...]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """Count all rows."""
        return sum(part.size for part in self.tables)


@dataclass
class Writer:
    """Puts parts into a new archive and keeps their checksums."""

    archive: zipfile.ZipFile
    tables: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)

    def table(self, name: str, columns: tuple[str, ...], rows: Iterable[list[Any]]) -> None:
        """Write a table, a row a line."""
        digest, count = hashlib.sha256(), 0
        with self.archive.open(f"tables/{name}.jsonl", "w", force_zip64=True) as out:
            for row in rows:
                line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
                digest.update(line)
                out.write(line)
                count += 1
        self.tables.append(Part(name, count, digest.hexdigest(), columns))

    def file(self, name: str, content: bytes) -> None:
        """Write a file."""
        self.archive.writestr(f"files/{name}", content)
        self.files.append(Part(name, len(content), hashlib.sha256(content).hexdigest()))

    def seal(self, manifest: Manifest) -> None:
        """Write down what there is, last of all."""
        text = json.dumps(asdict(manifest), indent=1).encode()
        self.archive.writestr(MANIFEST, text)
        self.archive.writestr(SEAL, hashlib.sha256(text).hexdigest())


class Reader:
    """Reads a backup; whatever does not agree with its checksums is no backup."""

    def __init__(self, path: Path) -> None:
        try:
            self._archive = zipfile.ZipFile(path)
            self.manifest = self._manifest()
        except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
            raise NotABackup(part=path.name) from error

    def _manifest(self) -> Manifest:
        text = self._archive.read(MANIFEST)
        if hashlib.sha256(text).hexdigest().encode() != self._archive.read(SEAL).strip():
            raise NotABackup(part=MANIFEST)
        found = json.loads(text)
        if found.get("format") != FORMAT:
            raise NotABackup(part=f"format {found.get('format')}")
        for kind in ("tables", "files"):
            found[kind] = tuple(
                Part(**{**part, "columns": tuple(part["columns"])}) for part in found[kind]
            )
        manifest = Manifest(**found)
        for part in manifest.files:
            if not _stays_inside(part.name):
                raise NotABackup(part=part.name)
        return manifest

    def check(self) -> Manifest:
        """Read everything once and compare every checksum."""
        for part in self.manifest.tables:
            digest, rows = hashlib.sha256(), 0
            for line in self._lines(part):
                digest.update(line)
                rows += 1
            if (rows, digest.hexdigest()) != (part.size, part.sha256):
                raise NotABackup(part=part.name)
        for part in self.manifest.files:
            self.file(part)
        return self.manifest

    def rows(self, part: Part) -> Iterator[list[Any]]:
        """Yield the rows of a table."""
        for line in self._lines(part):
            yield json.loads(line)

    def file(self, part: Part) -> bytes:
        """Return a file, checked."""
        try:
            content = self._archive.read(f"files/{part.name}")
        except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
            raise NotABackup(part=part.name) from error
        if hashlib.sha256(content).hexdigest() != part.sha256:
            raise NotABackup(part=part.name)
        return content

    def _lines(self, part: Part) -> Iterator[bytes]:
        try:
            with self._archive.open(f"tables/{part.name}.jsonl") as lines:
                while line := lines.readline(LONGEST):
                    yield line
        except (OSError, zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
            raise NotABackup(part=part.name) from error


def _stays_inside(name: str) -> bool:
    """Tell whether a file of this name lands below the home, on every system."""
    return not (name.startswith("/") or {"\\", ":"} & set(name) or ".." in name.split("/"))
