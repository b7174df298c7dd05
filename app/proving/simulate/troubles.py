"""What an attempt of the app to reach its server may end with."""

FORGOTTEN = ("device.unknown", "device.wiped", "device.cloned")
HARMLESS = (None, "queue.waiting", "queue.foreign")
KNOWN = (
    *FORGOTTEN,
    *HARMLESS,
    "device.revoked",
    "sync.unreadable_answer",
    "http.503",
    "server.database_away",
)


def expected(trouble: str | None) -> bool:
    """Tell whether this was to be expected; anything else is nobody's plan."""
    # A problem that was cut short has lost its code.
    return trouble in KNOWN or str(trouble).startswith("http.")
