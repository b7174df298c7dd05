"""The stream: the office hears the site, a requester hears of his own requisitions only."""

from collections.abc import Iterator

import pytest

from app.requisitions.models import Requisition
from tests.api.callers import Caller, at_desk, employ
from tests.operations.records import all_of
from tests.warehouse import TEA, Warehouse

QUIET = ": still here"


@pytest.fixture
def ann(site: Warehouse) -> Caller:
    """Somebody who asks for goods; Bob does too."""
    employ(site, "BOB", "requester")
    employ(site, "ANN", "requester")
    return at_desk(site, "ANN", "requester")


def heard(caller: Caller) -> Iterator[str]:
    """What the stream says, look by look."""
    answer = caller.client.get("/api/v1/live", headers=caller.headers)
    assert answer.status_code == 200
    return (part.decode().strip() for part in answer.iter_encoded())


def asks(site: Warehouse, badge: str) -> None:
    wanted = {"lines": [{"item": site.item(TEA), "quantity": 2}], "for_whom": "Kitchen"}
    site.done("requisitions.request", wanted, actor=site.person(badge))


def number(said: str) -> int:
    event, _, told = said.partition("\n")
    assert event == "event: changed", said
    return int(told.removeprefix('data: {"seq": ').removesuffix("}"))


def test_a_requester_hears_of_his_own_only(site: Warehouse, ann: Caller) -> None:
    stream = heard(ann)
    assert number(next(stream)) == 1

    asks(site, "BOB")
    site.stock(TEA, 20, "A-01")
    assert next(stream) == QUIET

    asks(site, "ANN")
    assert number(next(stream)) == 2  # not how far the site has come

    mine = next(row for row in all_of(Requisition) if row.asked_by == site.person("ANN"))
    granted = {"requisition": mine.id, "lines": [{"item": site.item(TEA), "quantity": 1}]}
    site.done("requisitions.approve", granted, actor=site.person("S1"))
    assert number(next(stream)) == 3


def test_the_office_hears_everything(site: Warehouse) -> None:
    employ(site, "SUE", "supervisor", "requester")
    stream = heard(at_desk(site, "SUE", "supervisor"))
    before = number(next(stream))

    site.stock(TEA, 20, "A-01")

    assert number(next(stream)) == before + 1


@pytest.mark.parametrize("role", ["counter", "picker"])
def test_nobody_else_listens(site: Warehouse, role: str) -> None:
    employ(site, "EVE", role)
    assert at_desk(site, "EVE", role).call("GET", "/api/v1/live").status_code == 403
