"""What opens the demo site, kept beside its database so that a tap can open a door."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "demo.json"


@dataclass(frozen=True, slots=True)
class Keys:
    """The demo site and its random secrets; a real site has no such file."""

    site: str
    pin: str
    username: str
    password: str


def keep(home: Path, keys: Keys) -> None:
    """Write the keys down, readable by their owner only."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(asdict(keys), file)


def keys_of(home: Path, site: str | None) -> Keys | None:
    """Return the keys if this very site was furnished as a demo here."""
    try:
        keys = Keys(**json.loads((home / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return keys if site is not None and keys.site == site else None
