"""PINs and passwords: argon2id over a keyed hash, counters that outlive a worker."""

import hmac
import threading
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy.orm import Session

from app.kernel.clock import now
from app.people.models import TryCounter

FREE_TRIES = 5
LOCKED_AFTER = 10
FORGET = timedelta(hours=12)

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_turns = threading.BoundedSemaphore(2)  # hashing is meant to be slow; two at a time is enough


def _keyed(pepper: str, secret: str) -> str:
    return hmac.new(pepper.encode(), secret.encode(), sha256).hexdigest()


def hash_secret(pepper: str, secret: str) -> str:
    """Hash a PIN or password with the installation's pepper."""
    with _turns:
        return _hasher.hash(_keyed(pepper, secret))


def verify(pepper: str, stored: str | None, secret: str) -> bool:
    """Check a secret; takes as long for somebody who does not exist."""
    with _turns:
        try:
            _hasher.verify(stored or _NOBODY, _keyed(pepper, secret))
        except (Argon2Error, InvalidHashError):
            return False
    return stored is not None


_NOBODY = _hasher.hash("nobody")


def wait_for(counter: TryCounter | None) -> timedelta:
    """How long this badge or device must wait before the next try."""
    if counter is None or counter.failures < FREE_TRIES or counter.last_at < now() - FORGET:
        return timedelta()
    if counter.failures >= LOCKED_AFTER:
        return counter.last_at + FORGET - now()
    pause = timedelta(seconds=2 ** (counter.failures - FREE_TRIES + 1))
    return max(counter.last_at + pause - now(), timedelta())


def count_failure(session: Session, key: str) -> None:
    """Remember a failed try."""
    counter = session.get(TryCounter, key)
    if counter is None:
        counter = TryCounter(id=key, failures=0, last_at=now())
        session.add(counter)
    counter.failures = 1 if counter.last_at < now() - FORGET else counter.failures + 1
    counter.last_at = now()


def clear(session: Session, key: str) -> None:
    """Forget failures after a success."""
    counter = session.get(TryCounter, key)
    if counter is not None:
        session.delete(counter)
