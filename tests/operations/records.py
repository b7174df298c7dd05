"""Look a record up as the database has it."""

import json
from typing import Any, TypeVar

from sqlalchemy import select

from app.db import Base, snapshot
from app.pipeline.models import ChannelRow

R = TypeVar("R", bound=Base)


def record(model: type[R], key: str) -> R:
    """Return a record that must exist."""
    with snapshot() as session:
        return session.get_one(model, key)


def all_of(model: type[R]) -> list[R]:
    """Return every record of a table."""
    with snapshot() as session:
        return list(session.scalars(select(model)))


def copy_of(channel: str, entity: str, key: str) -> dict[str, Any] | None:
    """Return what handhelds hold of a record; None where it was taken from them."""
    with snapshot() as session:
        body = session.scalars(
            select(ChannelRow.row).where(
                ChannelRow.channel == channel, ChannelRow.entity == entity, ChannelRow.id == key
            )
        ).one()
    copy: dict[str, Any] | None = None if body is None else json.loads(body)
    return copy
