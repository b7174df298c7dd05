"""Give a handheld what changed in its channels, in commit order, from one snapshot."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.kernel.values import value
from app.people.models import Device
from app.pipeline.models import ChannelRow, ChannelSum, StoredOperation, Stream
from app.sync.asked import Streams, alongside
from app.sync.horizon import forgotten
from app.sync.workset import (
    EVERYTHING,
    Bounds,
    fitting,
    held_sums,
    judged,
    size,
    within,
)

PAGE = 500
Page = tuple[list[ChannelRow], int, bool]  # changes, up to where, more


@value
class Cursor:
    """Where a handheld stands; opaque to it."""

    incarnation: str
    org: int
    site: int
    scope: int
    bounds: Bounds = field(default_factory=Bounds)
    filling: bool = False  # it has begun anew, and has not had the last page yet

    def encode(self) -> str:
        """Write it down for the handheld."""
        bounds = (*self.bounds.since, self.bounds.weighed, self.bounds.left, int(self.filling))
        place = [self.incarnation, self.org, self.site, self.scope, *bounds]
        raw = json.dumps(place).encode()
        return base64.urlsafe_b64encode(raw).decode()

    @classmethod
    def decode(cls, text: str) -> "Cursor | None":
        """Read it back; anything that is not ours counts as none."""
        try:
            read = json.loads(base64.urlsafe_b64decode(text.encode()))
            incarnation, org, site, scope, *bounds = read
            first, second, weighed, left, filling = bounds or (*EVERYTHING, 0, 0, 0)
        except (ValueError, TypeError, RecursionError):
            return None
        numbers = (org, site, scope, first, second, weighed, left, filling)
        if not isinstance(incarnation, str) or any(type(n) is not int for n in numbers):
            return None
        bounds = Bounds((first, second), weighed, left)
        return cls(incarnation, org, site, scope, bounds, bool(filling))


def channels(device: Device) -> tuple[list[str], list[str]]:
    """Name the organisation's and the site's channels that a device holds."""
    roles = [f"role:{role}" for role in sorted(device.roles)]
    return ["org"], ["site", *roles, f"device:{device.id}"]


def streams_of(device: Device, org: str) -> Streams:
    """Name the change logs and channels that a device holds."""
    org_channels, site_channels = channels(device)
    return ((org, org_channels), (device.site, site_channels))


def pull(
    session: Session, device: Device, org: str, epoch: int, cursor: str, limit: int
) -> dict[str, Any]:
    """Return one page. `sums` come with the last page, when the handheld can check them."""
    site_stream = session.get_one(Stream, device.site)
    org_stream = session.get_one(Stream, org)
    at = Cursor.decode(cursor) if cursor else None
    horizon = forgotten(session, (org, device.site))
    streams = streams_of(device, org)
    (_, org_channels), (_, site_channels) = streams
    rows = size(session, streams)
    reset = at is None or not _continues(at, device, site_stream, org_stream, horizon)
    if at is None or reset:
        bounds = fitting(session, streams)
    else:
        bounds = judged(session, streams, at.bounds, rows)
        reset = bounds.since != at.bounds.since
    if at is None or reset:
        reset, at = True, Cursor(site_stream.incarnation, 0, 0, device.scope_version)
    org_first, site_first = bounds.since
    meant = _meant(org, org_channels, org_first)
    page, org_seq, more = _page(session, meant, at.org, org_stream.commit_seq, limit)
    site_seq = at.site
    if not more:
        rest = max(limit - len(page), 1)
        meant = _meant(device.site, site_channels, site_first)
        work, site_seq, more = _page(session, meant, at.site, site_stream.commit_seq, rest)
        page += work
    sums = {} if more else _sums(session, device, org, bounds)
    if not more:
        bounds = replace(bounds, left=rows - sum(each["n"] for each in sums.values()))
    filling = reset or at.filling
    scope = device.scope_version
    after = Cursor(at.incarnation, org_seq, site_seq, scope, bounds, filling and more)
    return {
        "reset": reset,
        "changes": [_change(row) for row in page],
        "asked": alongside(session, streams, bounds.since, page, filling=filling),
        "cursor": after.encode(),
        "base": f"{at.incarnation}:{site_seq}",
        "has_more": more,
        "last_applied_seq": _last_applied(session, device, epoch, site_seq),
        "sums": sums,
        "left_out": bounds.left,
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


def _meant(stream: str, names: Sequence[str], first: int) -> list[ColumnElement[bool]]:
    """Rows of these channels; master data from before `first` is left out."""
    meant = [ChannelRow.stream == stream, ChannelRow.channel.in_(names)]
    return [*meant, within(first)] if first else meant


def _page(
    session: Session,
    meant: Sequence[ColumnElement[bool]],
    since: int,
    newest: int,
    limit: int,
) -> Page:
    """Fetch up to `limit` changes, but never part of one commit: a cursor stands between them."""
    query = select(ChannelRow).where(*meant, ChannelRow.seq > since).order_by(ChannelRow.seq)
    if since == 0:
        query = query.where(ChannelRow.row.is_not(None))  # nothing to delete from nothing
    rows = list(session.scalars(query.limit(limit + 1)))
    if len(rows) <= limit:
        return rows, newest, False
    edge = rows[limit].seq
    whole = [row for row in rows if row.seq < edge]
    if not whole:  # one commit larger than a page goes out whole
        whole = list(session.scalars(query.where(ChannelRow.seq == edge)))
    last = whole[-1].seq
    more = session.scalar(
        select(func.count()).select_from(ChannelRow).where(*meant, ChannelRow.seq > last)
    )
    return whole, last if more else newest, bool(more)


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


def _sums(session: Session, device: Device, org: str, bounds: Bounds) -> dict[str, dict[str, Any]]:
    streams = streams_of(device, org)
    found: dict[str, dict[str, Any]] = {
        name: {"n": 0, "xor": "0" * 16} for _, names in streams for name in names
    }
    for stream, names in streams:
        for row in session.scalars(
            select(ChannelSum).where(ChannelSum.stream == stream, ChannelSum.channel.in_(names))
        ):
            found[row.channel] = {"n": row.n, "xor": row.xor}
    if not bounds.cut:
        return found
    everything = {name: (each["n"], int(each["xor"], 16)) for name, each in found.items()}
    held = held_sums(session, streams, bounds, everything)
    return {name: {"n": n, "xor": f"{xor:016x}"} for name, (n, xor) in held.items()}
