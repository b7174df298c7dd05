"""Settings from the environment; everything has a default that works on one machine."""

import os
from dataclasses import dataclass, field
from pathlib import Path

MIN_APP = "0.1.0"  # older handhelds are asked to update; what they send is taken all the same


def _home() -> Path:
    return Path(os.environ.get("TALLYMAN_HOME", "instance")).absolute()


@dataclass(frozen=True)
class Settings:
    """What may differ from one installation to the next."""

    home: Path = field(default_factory=_home)
    database: str = ""
    secret_key: str = ""
    secure_cookies: bool = True
    proxies: int = 0
    demo: bool = False
    min_app: str = MIN_APP
    lan: bool = False  # HTTPS with a local authority, beside a plain page on the same name

    @classmethod
    def from_environment(cls) -> "Settings":
        """Read `TALLYMAN_*`; the secret and the database default to files in the home."""
        home = _home()
        return cls(
            home=home,
            database=os.environ.get("TALLYMAN_DATABASE") or f"sqlite:///{home / 'tallyman.db'}",
            secret_key=os.environ.get("TALLYMAN_SECRET_KEY") or _secret_of(home),
            secure_cookies=os.environ.get("TALLYMAN_INSECURE_COOKIES") != "1",
            proxies=int(os.environ.get("TALLYMAN_PROXIES", "0")),
            demo=os.environ.get("TALLYMAN_DEMO") == "1",
            min_app=os.environ.get("TALLYMAN_MIN_APP") or MIN_APP,
            lan=os.environ.get("TALLYMAN_LAN") == "1",
        )


def _secret_of(home: Path) -> str:
    """Read the installation's own secret, made once and readable by its owner only."""
    path = home / "secret"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(32).hex())
    return path.read_text().strip()
