"""Identifiers that a handheld can mint offline and the server would mint the same."""

import re
import secrets
import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha1
from uuid import UUID

CANONICAL = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
VERSION_5, VARIANT = 5 << 76, 2 << 62
PLAIN = (1 << 128) - 1 & ~(0xF << 76) & ~(0x3 << 62)

ticks: Callable[[], int] = time.time_ns  # a simulation brings its own
chance: Callable[[int], int] = secrets.randbits  # and this, too


def uuid7() -> str:
    """Mint a time-ordered id (RFC 9562): 48 bits of milliseconds, 74 bits of chance."""
    value = (ticks() // 1_000_000) << 80 | chance(80)
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    return str(UUID(int=value))


@lru_cache(maxsize=100_000)
def derived(parent: str, name: str | int) -> str:
    """Derive the id that anyone who knows `parent` and `name` arrives at.

    Lot = derived(item, code), serial = derived(item, serial), LPN = derived(site, code),
    tote in use = derived(tote, order), sheet = derived(operation id, n).
    """
    digest = sha1(_namespace(parent) + str(name).encode(), usedforsecurity=False).digest()
    digits = f"{int.from_bytes(digest[:16], 'big') & PLAIN | VERSION_5 | VARIANT:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@lru_cache(maxsize=50_000)
def _namespace(parent: str) -> bytes:
    return UUID(parent).bytes


def is_uuid(text: object) -> bool:
    """Tell whether this is an id in the one spelling that the contract allows."""
    return isinstance(text, str) and CANONICAL(text) is not None
