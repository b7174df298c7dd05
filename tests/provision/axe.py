"""axe-core for the browser tests; `python -m tests.provision.axe` fetches it if need be."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.bootstrap.terminal import Stop
from tests.provision.chromium import installed_node

CHOICE = "TALLYMAN_TEST_AXE"
FOLDER = Path(__file__).parent / "accessibility"
SCRIPT = FOLDER / "node_modules" / "axe-core" / "axe.min.js"


def find() -> Path | None:
    """Take what the environment names, else what was fetched before."""
    script = Path(os.environ.get(CHOICE) or SCRIPT)
    return script if script.is_file() else None


def provide() -> Path:
    """Find axe, or fetch it from the npm registry."""
    found = find()
    if found is not None:
        return found
    if os.environ.get(CHOICE):
        raise Stop(f"{CHOICE} names {os.environ[CHOICE]}, which is not there", "correct it.")
    installed_node().install_packages(FOLDER, "Fetching axe for the tests")
    return SCRIPT


def main() -> int:
    try:
        print(f"axe at {provide()}")  # noqa: T201 - its answer
    except Stop as stop:
        print(stop, file=sys.stderr)  # noqa: T201 - its complaint
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
