"""How a handheld stands: is it waited for, and up to when is its work known."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, case, func, or_, select, type_coerce

from app.db import Instant
from app.kernel.clock import now
from app.people.models import Device, Exclusion, Grant
from app.pipeline.models import Epoch
from app.sync.holding import RECENT
from app.sync.watermarks import BASE_ERROR_MS
from app.work.models import PickTask

STANDINGS = ("holding", "parked", "idle", "excluded", "revoked")
Sql = ColumnElement[Any]


def _at(name: str, before: timedelta = timedelta()) -> Sql:
    """An instant that is read when the question is asked."""

    def read() -> datetime:
        return now() - before

    return bindparam(name, callable_=read, type_=Instant)


ERROR_MS: Sql = (Epoch.rtt_ms + func.abs(Epoch.offset_change_ms)) // 2 + BASE_ERROR_MS
THROUGH: Sql = func.coalesce(
    type_coerce(type_coerce(Epoch.complete_cut_at, BigInteger) - ERROR_MS * 1000, Instant),
    Epoch.opened_at,
    type_=Instant,
)
# What a push brought is no longer unsent, though it was pending when the push was cut.
UNSENT: Sql = case((Epoch.head_seq > Epoch.last_seq, Epoch.head_seq - Epoch.last_seq), else_=0)
UNSENT_SINCE: Sql = case((Epoch.head_seq > Epoch.last_seq, Epoch.complete_cut_at))
_grant = select(Grant.id).where(Grant.device == Device.id)
_let_in = _grant.where(Grant.expires_at > _at("present")).correlate(Device).exists()
_woken = _grant.where(
    Grant.expires_at > _at("present"), Grant.issued_at > Epoch.last_contact
).correlate(Device, Epoch).exists()  # fmt: skip
_leased = (
    select(PickTask.id)
    .where(PickTask.device == Device.id, PickTask.state == "active")
    .correlate(Device)
    .exists()
)
STANDING: Sql = case(
    (Device.revoked_at.is_not(None), "revoked"),
    (Exclusion.active.is_(True), "excluded"),
    (Epoch.parked.is_(True) & ~_woken & ~_leased, "parked"),
    (
        or_(
            _let_in,
            _leased,
            Epoch.head_seq > Epoch.last_seq,
            Epoch.last_eff_at >= _at("lately", RECENT),
        ),
        "holding",
    ),
    else_="idle",
)
