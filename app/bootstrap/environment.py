"""The virtual environment beside the checkout and what is installed in it."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap.stamps import fingerprint
from app.bootstrap.terminal import Stop, step

WINDOWS = os.name == "nt"
NEEDS_THE_INDEX = (
    "check that this machine reaches the Python package index (pip's own proxy and index settings "
    "are respected), then run the same command again."
)


@dataclass(frozen=True)
class Tools:
    """What the Python that runs us brings along for making an environment."""

    ensurepip: bool
    pip: bool

    @classmethod
    def of_this_python(cls) -> Tools:
        found = importlib.util.find_spec
        return cls(ensurepip=found("ensurepip") is not None, pip=found("pip") is not None)


@dataclass(frozen=True)
class Installed:
    """What the last installation was made from, as remembered in the environment."""

    fingerprint: str
    extras: frozenset[str]
    home: str

    @classmethod
    def read(cls, stamp: Path) -> Installed | None:
        try:
            said = json.loads(stamp.read_text(encoding="utf-8"))
            return cls(said["fingerprint"], frozenset(said["extras"]), said["home"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, stamp: Path) -> None:
        said = {"fingerprint": self.fingerprint, "extras": sorted(self.extras), "home": self.home}
        stamp.write_text(json.dumps(said), encoding="utf-8")


@dataclass(frozen=True)
class Environment:
    """`.venv` in the checkout."""

    checkout: Path

    @property
    def home(self) -> Path:
        return self.checkout / ".venv"

    @property
    def programs(self) -> Path:
        return self.home / ("Scripts" if WINDOWS else "bin")

    @property
    def stamp(self) -> Path:
        return self.home / ".installed-from"

    def program(self, name: str) -> str:
        return str(self.programs / (f"{name}.exe" if WINDOWS else name))

    @property
    def python(self) -> str:
        return self.program("python")

    def packages(self) -> Path | None:
        """The folder with the installed packages, once there is one."""
        pattern = "Lib/site-packages" if WINDOWS else "lib/python*/site-packages"
        return next(iter(sorted(self.home.glob(pattern))), None)

    def provide(self, extras: Iterable[str]) -> None:
        """Make the environment and install the project into it, unless that has been done."""
        wanted = frozenset(extras)
        now = fingerprint(self.checkout, [self.checkout / "pyproject.toml"])
        before = Installed.read(self.stamp)
        if is_enough(before, now, wanted, self) and Path(self.python).exists():
            return
        if not is_usable(before, self):
            create(self, Tools.of_this_python())
        extras_now = wanted | (before.extras if before else frozenset())
        install(self, extras_now)
        Installed(now, extras_now, str(self.home)).write(self.stamp)


def is_enough(
    before: Installed | None,
    now: str,
    wanted: frozenset[str],
    environment: Environment,
) -> bool:
    """Judge whether an earlier installation serves."""
    return (
        before is not None
        and before.fingerprint == now
        and before.extras >= wanted
        and before.home == str(environment.home)
    )


def is_usable(before: Installed | None, environment: Environment) -> bool:
    """Tell an environment worth installing into from one that is broken or was moved."""
    moved = before is not None and before.home != str(environment.home)
    return Path(environment.python).exists() and not moved


def create(environment: Environment, tools: Tools) -> None:
    """Make a new environment in place of whatever is left of an old one."""
    arguments = creation_arguments(tools)
    if environment.home.exists():
        clear_away(environment.home)
    step(
        "Making a virtual environment in .venv",
        [sys.executable, "-m", "venv", *arguments, str(environment.home)],
        cwd=environment.checkout,
        advice="see the lines above; on Debian and Ubuntu `apt install python3-venv` helps.",
    )


def clear_away(home: Path) -> None:
    """Remove a broken environment, but never a folder that is something else."""
    if not (home / "pyvenv.cfg").exists():
        raise Stop(
            f"{home} exists but is not a Python environment",
            "move it away, then run the same command again.",
        )
    shutil.rmtree(home)


def creation_arguments(tools: Tools) -> tuple[str, ...]:
    """Choose how to make the environment; Debian leaves ensurepip out of its Python."""
    if tools.ensurepip:
        return ()
    if tools.pip:
        return ("--without-pip",)
    raise Stop(
        "this Python has neither ensurepip nor pip, so nothing can be installed",
        "on Debian and Ubuntu `apt install python3-venv`; elsewhere take Python from python.org.",
    )


def pip_command(environment: Environment) -> list[str]:
    """Use the environment's own pip, or ours on its behalf where it has none."""
    packages = environment.packages()
    if packages is not None and (packages / "pip").is_dir():
        return [environment.python, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", environment.python]


def install(environment: Environment, extras: frozenset[str]) -> None:
    """Install the project in place, with its extras."""
    listed = f"[{','.join(sorted(extras))}]" if extras else ""
    step(
        "Installing Python packages",
        [
            *pip_command(environment),
            *("install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"),
            *("--editable", f".{listed}"),
        ],
        cwd=environment.checkout,
        # The handheld app is built in a step of its own, with its own words.
        env={**os.environ, "HATCH_BUILD_NO_HOOKS": "true"},
        advice=NEEDS_THE_INDEX,
    )
