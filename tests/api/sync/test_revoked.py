"""A handheld is shut out with a full queue: kept aside, and let in again by a supervisor's word."""

import pytest
from sqlalchemy import select

from app.db import db, snapshot
from app.kernel.ids import derived
from app.ledger.models import Entry
from app.pipeline.models import StoredOperation
from app.proving.rebuild import verify
from tests.api.sync.wiring import revoke
from tests.properties.hands import answers, balances, lay, log
from tests.warehouse import TEA, Warehouse

REVOKED = "sync.device_revoked"


class TestAFullQueue:
    @pytest.mark.parametrize("backwards", [False, True], ids=["as it came", "backwards"])
    def test_is_let_in_at_its_own_times(self, site: Warehouse, *, backwards: bool) -> None:
        device = site.handheld()
        for n in range(1, 31):
            lay(site, device, TEA, n, "A-01")
            site.carry(device, TEA, n, "A-01", "A-02")
            site.clock.pass_(1)
        device.push_once(count=4)
        revoke(device)
        device.push()
        assert {said for n, said in answers(device).items() if n > 4} == {("exception", (REVOKED,))}
        assert site.on_hand(TEA) == 3

        kept = [row for row in log() if row.codes == [REVOKED]]
        assert len(kept) == 56
        for row in reversed(kept) if backwards else kept:
            said = {
                "exception": derived(site.site, f"{REVOKED}|{device.id}|{device.epoch}|{row.seq}"),
                "resolution": "reapply",
                "note": None,
            }
            decided = site.ask("exceptions.resolve", said, actor=site.person("S1"))
            assert decided.outcome in ("applied", "flagged"), decided
            again = site.ask("exceptions.resolve", said, actor=site.person("S1"))
            assert again.codes == ("exceptions.closed",)

        assert site.on_hand(TEA, "A-02") == sum(range(1, 31))
        assert site.on_hand(TEA, "A-01") == 0
        assert sum(balances().values()) == 0
        assert {code for code, _ in site.exceptions()} & {REVOKED, "negative_stock"} == set()
        with snapshot() as session:
            posted = session.execute(
                select(Entry.eff_at, StoredOperation.eff_at).join(
                    StoredOperation, StoredOperation.operation == Entry.operation
                )
            ).all()
        assert len(posted) == 2 * 60
        assert all(when == happened for when, happened in posted)
        assert verify(site.playbook, db.engine).differences == ()
