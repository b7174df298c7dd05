"""The product's own codes: places, badges, load units, totes, commands, orders, enrolment."""

from app.identification.reading import Identified, Internal, Refused
from app.identification.tables import COMMANDS


def read_internal(text: str, prefixes: tuple[tuple[str, str], ...]) -> Identified | None:
    """The code behind one of our prefixes, or None if there is no such prefix."""
    for prefix, meaning in prefixes:
        if text.startswith(prefix):
            return _internal(meaning, text[len(prefix) :])
    return None


def _internal(meaning: str, code: str) -> Identified:
    if not code or code != code.strip(" ") or "\x1d" in code:
        raise Refused("internal_code", "There is no code behind the prefix.", kind="internal")
    if meaning == "command" and code not in COMMANDS:
        raise Refused("command", "There is no such command.", kind="internal")
    return Identified(ok=True, kind="internal", internal=Internal(meaning, code))
