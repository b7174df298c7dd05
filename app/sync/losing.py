"""What is gone with a handheld: how much at least, and since when."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from app.db import snapshot, writing
from app.kernel.clock import millis, now
from app.kernel.ids import derived
from app.people.models import Device, LoginSession
from app.pipeline.models import Epoch
from app.web.problems import NotFound


def loss(
    device: Device,
    from_epoch: int,
    lost: Sequence[int | None],
    head_seq: int | None,
) -> Mapping[str, Any]:
    """Say what a declared loss amounts to: "at least n, since", because a wiped head is unknown.

    The device may know less of itself than it once told us.
    """
    with snapshot() as session:
        row = session.get(Epoch, (device.id, from_epoch))
        told, complete = (row.head_seq, row.complete_cut_at) if row else (0, None)
    first = int(lost[0] or 1)
    last = lost[1] if len(lost) > 1 else None
    known = last if last is not None else max(head_seq or 0, told)
    return {
        "device": device.id,
        "epoch": from_epoch,
        "first": first,
        "last": last,
        "at_least": max(known - first + 1, 0),
        "since_ms": millis(complete) if complete else None,
    }


def forgotten(device: Device, from_epoch: int, head_seq: int | None) -> Sequence[int] | None:
    """Name what a forked journal had told of and does not know any more, if anything."""
    with snapshot() as session:
        row = session.get(Epoch, (device.id, from_epoch))
    if row is None or head_seq is None or row.head_seq <= max(head_seq, row.last_seq):
        return None
    return max(head_seq, row.last_seq) + 1, row.head_seq


def end(device: str, site: str) -> Mapping[str, Any] | None:
    """Revoke a handheld that will not come back; returns what is lost with it, if anything is.

    Should it come back after all, what it hands in is kept for a supervisor to apply.
    """
    with writing() as session:
        row = session.get(Device, device)
        if row is None or row.site != site:
            raise NotFound
        row.revoked_at = row.revoked_at or now()
        session.execute(delete(LoginSession).where(LoginSession.device == row.id))
        epoch = session.get(Epoch, (row.id, row.epoch))
        if epoch is None or epoch.head_seq <= epoch.last_seq:
            return None
        first = epoch.last_seq + 1
    return loss(row, row.epoch, (first, None), None)


def loss_id(rotation: str) -> str:
    """One declaration a rotation, however often it is asked for."""
    return derived(rotation, "loss")
