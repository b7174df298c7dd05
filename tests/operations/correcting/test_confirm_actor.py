"""Work that nobody proved is confirmed by that person's next sign-in.

Kind: "system.confirm_actor".
"""

from datetime import timedelta

import pytest

from app.db import db
from app.documents.models import CountSheet
from app.kernel.clock import micros
from app.pipeline.models import OpenException, StoredOperation
from app.proving.handheld import Handheld
from app.proving.rebuild import verify
from tests.operations.records import all_of, record
from tests.operations.settling import beat, look, share_the_clock
from tests.properties.hands import lay, see
from tests.warehouse import PIN, TEA, Warehouse

UNVERIFIED = "sync.actor_unverified"


def doubt(who: str = "") -> OpenException:
    (row,) = [row for row in all_of(OpenException) if row.code == UNVERIFIED and who in row.subject]
    return row


def confirmations() -> list[StoredOperation]:
    return [row for row in all_of(StoredOperation) if row.kind == "system.confirm_actor"]


@pytest.fixture
def cold(site: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Handheld:
    """Somebody whose badge was scanned where there was no network."""
    share_the_clock(site, monkeypatch)  # who signed in when is what it is about
    device = site.handheld("H2", "B2")
    lay(site, device, TEA, 20, "A-01")
    device.push()
    device.grant = None
    site.clock.pass_(1)
    return device


class TestSigningInConfirms:
    def test_what_was_handed_in_before(self, site: Warehouse, cold: Handheld) -> None:
        done = lay(site, cold, TEA, 1, "A-02")
        cold.push()
        look(site)
        assert doubt().state == "open"

        site.clock.pass_(1)
        cold.sign_in("B2", PIN)
        look(site)

        assert (doubt().state, doubt().resolution) == ("closed", "signed_in")
        (confirmed,) = confirmations()
        assert (confirmed.outcome, confirmed.device) == ("applied", "system")
        assert (confirmed.cause, doubt().resolved_by) == (done, confirmed.operation)
        assert verify(site.playbook, db.engine).ok

    def test_what_is_handed_in_after_but_was_done_before(
        self, site: Warehouse, cold: Handheld
    ) -> None:
        """The network comes back: people sign in first, then the queue drains."""
        lay(site, cold, TEA, 1, "A-02")
        site.clock.pass_(1)
        cold.sign_in("B2", PIN)
        cold.push()
        look(site)

        assert doubt().state == "closed"

    def test_wherever_they_sign_in(self, site: Warehouse, cold: Handheld) -> None:
        lay(site, cold, TEA, 1, "A-02")
        cold.push()
        site.clock.pass_(1)
        site.handheld("H3", "B2")
        look(site)

        assert doubt().state == "closed"

    def test_nobody_else_does(self, site: Warehouse, cold: Handheld) -> None:
        lay(site, cold, TEA, 1, "A-02")
        cold.push()
        site.clock.pass_(1)
        site.handheld("H3", "B1")
        look(site)

        assert doubt().state == "open"
        assert confirmations() == []

    def test_not_what_is_done_without_a_proof_later(self, site: Warehouse, cold: Handheld) -> None:
        lay(site, cold, TEA, 1, "A-02")
        cold.push()
        site.clock.pass_(1)
        cold.sign_in("B2", PIN)
        look(site)
        cold.grant = None
        site.clock.pass_(1)
        lay(site, cold, TEA, 1, "A-02")
        cold.push()
        look(site)

        assert doubt().state == "open"

    def test_the_handler_judges_again(self, site: Warehouse, cold: Handheld) -> None:
        """What came in between the look and the decision is not swallowed."""
        lay(site, cold, TEA, 1, "A-02")
        cold.push()
        before = doubt().opened_at - timedelta(minutes=1)
        payload = {"exception": doubt().id, "through": micros(before)}
        decided = site.ask("system.confirm_actor", payload, roles=frozenset({"system"}))

        assert (decided.outcome, decided.codes) == ("refused", ("people.nothing_to_confirm",))


class TestItsCounts:
    def test_become_valid(self, site: Warehouse, cold: Handheld) -> None:
        sheet = see(site, cold, "A-01", goods=[site.goods(TEA, 20)])
        cold.push()
        site.clock.pass_(5)
        beat(cold)
        look(site)
        assert record(CountSheet, sheet).settled_through is not None
        assert record(CountSheet, sheet).state == "finished"

        cold.sign_in("B2", PIN)
        look(site)

        assert record(CountSheet, sheet).state == "approved"
        assert record(CountSheet, sheet).decided_by == "system"


class TestASupervisorVouches:
    def test_up_to_then_and_not_for_ever(self, site: Warehouse, cold: Handheld) -> None:
        lay(site, cold, TEA, 1, "A-02")
        cold.push()
        site.done("exceptions.resolve", {"exception": doubt().id, "resolution": "accept"})
        assert doubt().state == "closed"

        site.clock.pass_(1)
        lay(site, cold, TEA, 1, "A-02")
        cold.push()

        assert doubt().state == "open"
