"""Give a handheld what changed in its channels, in commit order, from one snapshot."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.kernel.values import value
from app.people.models import Device
from app.pipeline.models import ChannelRow, ChannelSum, StoredOperation, Stream
from app.sync.horizon import forgotten

PAGE = 500


@value
class Cursor:
    """Where a handheld stands; opaque to it."""

    incarnation: str
    org: int
    site: int
    scope: int

    def encode(self) -> str:
        """Write it down for the handheld."""
        raw = json.dumps([self.incarnation, self.org, self.site, self.scope]).encode()
        return base64.urlsafe_b64encode(raw).decode()

    @classmethod
    def decode(cls, text: str) -> "Cursor | None":
        """Read it back; anything that is not ours counts as none."""
        try:
            incarnation, org, site, scope = json.loads(base64.urlsafe_b64decode(text.encode()))
        except (ValueError, TypeError, RecursionError):
            return None
        numbers = (org, site, scope)
        if not isinstance(incarnation, str) or any(type(n) is not int for n in numbers):
            return None
        return cls(incarnation, org, site, scope)


def channels(device: Device) -> tuple[list[str], list[str]]:
    """Name the organisation's and the site's channels that a device holds."""
    roles = [f"role:{role}" for role in sorted(device.roles)]
    return ["org"], ["site", *roles, f"device:{device.id}"]


def pull(
    session: Session, device: Device, org: str, epoch: int, cursor: str, limit: int
) -> dict[str, Any]:
    """Return one page. `sums` come with the last page, when the handheld can check them."""
    site_stream = session.get_one(Stream, device.site)
    org_stream = session.get_one(Stream, org)
    at = Cursor.decode(cursor) if cursor else None
    horizon = forgotten(session, (org, device.site))
    reset = at is None or not _continues(at, device, site_stream, org_stream, horizon)
    if at is None or reset:
        at = Cursor(site_stream.incarnation, 0, 0, device.scope_version)
    org_channels, site_channels = channels(device)
    changes, org_seq, more = _page(
        session, org, org_channels, at.org, org_stream.commit_seq, limit, fresh=at.org == 0
    )
    site_seq = at.site
    if not more:
        rest = max(limit - len(changes), 1)
        page, site_seq, more = _page(
            session,
            device.site,
            site_channels,
            at.site,
            site_stream.commit_seq,
            rest,
            fresh=at.site == 0,
        )
        changes += page
    after = Cursor(at.incarnation, org_seq, site_seq, device.scope_version)
    return {
        "reset": reset,
        "changes": changes,
        "cursor": after.encode(),
        "base": f"{at.incarnation}:{site_seq}",
        "has_more": more,
        "last_applied_seq": _last_applied(session, device, epoch, site_seq),
        "sums": {} if more else _sums(session, device, org),
    }


def _continues(
    at: Cursor, device: Device, site: Stream, org: Stream, horizon: Mapping[str, int]
) -> bool:
    """A cursor from before deletions were forgotten would keep rows that are gone."""
    return (
        at.incarnation == site.incarnation
        and at.scope == device.scope_version
        and horizon.get(site.id, 0) <= at.site <= site.commit_seq
        and horizon.get(org.id, 0) <= at.org <= org.commit_seq
    )


def _page(
    session: Session,
    stream: str,
    names: Sequence[str],
    since: int,
    newest: int,
    limit: int,
    *,
    fresh: bool,
) -> tuple[list[dict[str, Any]], int, bool]:
    """Fetch up to `limit` changes, but never part of one commit: a cursor stands between them."""
    query = (
        select(ChannelRow)
        .where(ChannelRow.stream == stream, ChannelRow.channel.in_(names), ChannelRow.seq > since)
        .order_by(ChannelRow.seq)
    )
    if fresh:
        query = query.where(ChannelRow.row.is_not(None))  # nothing to delete from nothing
    rows = list(session.scalars(query.limit(limit + 1)))
    if len(rows) <= limit:
        return [_change(row) for row in rows], newest, False
    edge = rows[limit].seq
    whole = [row for row in rows if row.seq < edge]
    if not whole:  # one commit larger than a page goes out whole
        whole = list(session.scalars(query.where(ChannelRow.seq == edge)))
    last = whole[-1].seq
    more = session.scalar(
        select(func.count())
        .select_from(ChannelRow)
        .where(ChannelRow.stream == stream, ChannelRow.channel.in_(names), ChannelRow.seq > last)
    )
    return [_change(row) for row in whole], last if more else newest, bool(more)


def _change(row: ChannelRow) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "channel": row.channel,
        "entity": row.entity,
        "id": row.id,
        "row": None if row.row is None else json.loads(row.row),
    }


def _last_applied(session: Session, device: Device, epoch: int, site_seq: int) -> int:
    return (
        session.scalar(
            select(func.max(StoredOperation.seq)).where(
                StoredOperation.stream == device.site,
                StoredOperation.device == device.id,
                StoredOperation.epoch == epoch,
                StoredOperation.commit_seq <= site_seq,
            )
        )
        or 0
    )


def _sums(session: Session, device: Device, org: str) -> dict[str, dict[str, Any]]:
    org_channels, site_channels = channels(device)
    found: dict[str, dict[str, Any]] = {
        name: {"n": 0, "xor": "0" * 16} for name in (*org_channels, *site_channels)
    }
    for stream, names in ((org, org_channels), (device.site, site_channels)):
        for row in session.scalars(
            select(ChannelSum).where(ChannelSum.stream == stream, ChannelSum.channel.in_(names))
        ):
            found[row.channel] = {"n": row.n, "xor": row.xor}
    return found
