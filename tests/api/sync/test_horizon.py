"""A handheld that was away for weeks starts anew instead of keeping what is gone."""

from datetime import timedelta

from sqlalchemy import update

from app.db import db, snapshot, writing
from app.kernel.clock import now
from app.pipeline.models import ChannelRow, Horizon
from app.sync.horizon import forget
from tests.warehouse import TEA, Warehouse


def weeks_pass() -> None:
    """Everything deleted until now is older than the horizon."""
    with writing() as session:
        session.execute(update(ChannelRow).values(changed_at=now() - timedelta(days=20)))
        session.execute(update(Horizon).values(purged_at=now() - timedelta(days=20)))


class TestHorizon:
    def test_who_was_away_too_long_starts_anew(self, site: Warehouse) -> None:
        away, here = site.handheld("H1"), site.handheld("H2", "B2")
        site.stock(TEA, 5, "A-01")
        site.order("SO-1", (TEA, 5))
        here.record("picking.take_work", {"orders": 1, "scans": []})
        here.sync()
        away.pull()
        assert len(away.all("order")) == 1

        site.done("ordering.cancel_order", {"number": "SO-1"})  # the order's row is deleted
        weeks_pass()
        with writing() as session:
            forget(session, site.site)
        db.session.remove()
        _, page = away.call("GET", f"/api/v1/sync/pull?epoch=1&cursor={away.cursor}")
        away.cursor = ""
        away.pull()

        assert page["reset"] is True
        assert away.all("order") == []

    def test_who_was_here_goes_on(self, site: Warehouse) -> None:
        device = site.handheld()
        device.pull()
        weeks_pass()
        site.receive(device, TEA, 1)
        device.push()

        _, page = device.call("GET", f"/api/v1/sync/pull?epoch=1&cursor={device.cursor}")

        assert page["reset"] is False

    def test_a_push_writes_only_what_its_own_lock_covers(self, site: Warehouse) -> None:
        device = site.handheld()
        device.push_once()  # a heartbeat looks for old deletions too

        with snapshot() as session:
            assert session.get(Horizon, site.org) is None  # another site may be pushing now
