"""Which reader speaks: known by the hash of its token."""

import hashlib
import secrets

from sqlalchemy import Engine, bindparam, select

from app.readers.models import Reader
from app.rows.prepared import Prepared
from app.rows.shelf import detached

BY_TOKEN = Prepared(select(*Reader.__table__.columns).where(Reader.token_sha == bindparam("sha")))


def reader_of(engine: Engine, token: str) -> Reader | None:
    """Recognise a reader; the record is to be read only."""
    return detached(Reader, BY_TOKEN, engine, sha=hash_of(token))


def hash_of(token: str) -> str:
    """Hash a token for storage: it is random, so that once is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Draw 256 random bits."""
    return secrets.token_hex(32)
