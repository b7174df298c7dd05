"""The judge finds every kind of lie in a history, and nothing in an honest one."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.proving.hammer.history import (
    Change,
    Entered,
    History,
    Issued,
    Logged,
    Looked,
    Mark,
    Pulled,
    Pushed,
    Result,
)
from app.proving.hammer.judging import judge

ANNA, BELA = ("anna", 1), ("bela", 1)
TEA = ("dock", "tea")
LINE = ("role:receiver", "po_line", "1")
Lie = Callable[[History], None]


def xor(*marks: tuple[tuple[str, str, str], int]) -> str:
    """The sum a server would say for these rows."""
    total = 0
    for copy, seq in marks:
        digest = hashlib.sha256("|".join((*copy, str(seq))).encode()).digest()
        total ^= int.from_bytes(digest[:8], "big")
    return f"{total:016x}"


def page(puller: str, began: float, since: int, until: int, seq: int, **over: Any) -> Pulled:
    """A last page that brings the one row there is."""
    honest = Pulled(
        puller,
        ANNA,
        began,
        began + 0.5,
        reset=since == 0,
        since=Mark(0, since),
        until=Mark(0, until),
        more=False,
        last_applied=min(until, 2) if until < 3 else 2,
        changes=(Change(seq, LINE, f"row at {seq}"),),
        sums={"role:receiver": (1, xor((LINE, seq)))},
    )
    return replace(honest, **over)


def honest() -> History:
    """Anna pushes two, Bela one; the office writes; somebody pulls, somebody looks."""
    return History(
        issued=[
            Issued(ANNA, 1, "a1", ((TEA, 5),)),
            Issued(ANNA, 2, "a2", ((TEA, 7),)),
            Issued(BELA, 1, "b1", ((TEA, -2),)),
        ],
        pushed=[
            Pushed(ANNA, 1, None, 1, 1),  # nobody heard the answer
            Pushed(
                ANNA,
                2,
                3,
                1,
                2,
                2,
                (Result(1, "a1", "applied", 1, duplicate=True), Result(2, "a2", "applied", 2)),
            ),
            Pushed(BELA, 4, 5, 1, 1, 1, (Result(1, "b1", "flagged", 3),)),
        ],
        entered=[Entered("o1", "site", 6, 7, 4)],
        pulled=[
            page("p", 2.1, 0, 1, 1),
            page("p", 3.5, 1, 2, 2),
            page("p", 8, 2, 4, 4),
            page("fresh", 9, 0, 4, 4),
        ],
        looked=[Looked(TEA, 0.1, 0.5, 100), Looked(TEA, 3.5, 4.5, 110), Looked(TEA, 6, 7, 110)],
        log=[
            Logged(1, ANNA, 1, "a1", "applied"),
            Logged(2, ANNA, 2, "a2", "applied"),
            Logged(3, BELA, 1, "b1", "flagged"),
            Logged(4, ("office", 1), 4, "o1", "applied"),
        ],
        stock={TEA: 100},
    )


def test_an_honest_history_is_believed() -> None:
    assert judge(honest()) == []


def log(n: int, **over: Any) -> Lie:
    def lie(history: History) -> None:
        history.log[n] = replace(history.log[n], **over)

    return lie


def pushed(n: int, **over: Any) -> Lie:
    def lie(history: History) -> None:
        history.pushed[n] = replace(history.pushed[n], **over)

    return lie


def pulled(n: int, **over: Any) -> Lie:
    def lie(history: History) -> None:
        history.pulled[n] = replace(history.pulled[n], **over)

    return lie


def looked(n: int, quantity: int) -> Lie:
    def lie(history: History) -> None:
        history.looked[n] = replace(history.looked[n], quantity=quantity)

    return lie


def lost_commit(history: History) -> None:
    """Acknowledged, and then gone."""
    del history.log[3]
    del history.log[2]


def twice(history: History) -> None:
    history.log.append(Logged(5, ANNA, 3, "a2", "applied"))


def order_of_a_journal(history: History) -> None:
    history.log[0] = replace(history.log[0], commit_seq=2)
    history.log[1] = replace(history.log[1], commit_seq=1)


def order_of_time(history: History) -> None:
    """Bela's came after Anna had her answer, and stands before."""
    history.log[1] = replace(history.log[1], commit_seq=3)
    history.log[2] = replace(history.log[2], commit_seq=2)
    anna, bela = history.pushed[1], history.pushed[2]
    results = (anna.results[0], replace(anna.results[1], commit_seq=3))
    history.pushed[1] = replace(anna, results=results)
    history.pushed[2] = replace(bela, results=(replace(bela.results[0], commit_seq=2),))


def less_than_before(history: History) -> None:
    history.pushed.append(Pushed(ANNA, 8, 9, 1, 1, 1, ()))


def new_again(history: History) -> None:
    history.pushed.append(Pushed(ANNA, 8, 9, 2, 1, 2, (Result(2, "a2", "applied", 2),)))


def office_write_lost(history: History) -> None:
    history.entered[0] = replace(history.entered[0], commit_seq=9)


def org_write_unseen(history: History) -> None:
    history.entered.append(Entered("o2", "org", 6, 7, 1))


def skipped_row(history: History) -> None:
    """A change below the cursor that the page did not have: what a cursor by id does."""
    other = ("role:receiver", "po_line", "2")
    seen = page("p", 8, 2, 4, 4)
    sums = {"role:receiver": (2, xor((LINE, 4), (other, 3)))}
    both = (Change(3, other, "two"), *seen.changes)
    history.pulled[2] = replace(seen, sums=sums)
    history.pulled[3] = replace(page("fresh", 9, 0, 4, 4), sums=sums, changes=both)


@pytest.mark.parametrize(
    ("lie", "said"),
    [
        pytest.param(lost_commit, "acknowledged up to 1, not all", id="acknowledged and lost"),
        pytest.param(twice, "a2 applied at 2 and 5", id="applied twice"),
        pytest.param(log(1, id="x"), "never issued", id="applied what nobody issued"),
        pytest.param(log(2, commit_seq=9), "commit 3 is missing", id="gap in the log"),
        pytest.param(order_of_a_journal, "2 after 0", id="order of a journal"),
        pytest.param(order_of_time, "3 was answered before 2 was said", id="order of time"),
        pytest.param(log(0, outcome="refused"), "answered Result", id="another answer"),
        pytest.param(new_again, "was new twice", id="twice new"),
        pytest.param(less_than_before, "acknowledged 1 after more", id="acks shrink"),
        pytest.param(office_write_lost, "answered Entered", id="office write lost"),
        pytest.param(pulled(2, until=Mark(0, 2)), "ends at 2, 4 was known", id="misses an ack"),
        pytest.param(org_write_unseen, "org ends at 0, 1 was known", id="misses an org write"),
        pytest.param(pulled(1, last_applied=1), "1 applied at", id="applied, not shown"),
        pytest.param(pulled(0, last_applied=2), "2 applied at", id="shown, not applied"),
        pytest.param(pulled(2, until=Mark(0, 1)), "back from", id="cursor goes back"),
        pytest.param(pulled(2, since=Mark(0, 1)), "asked from", id="cursor forgotten"),
        pytest.param(
            pulled(2, changes=(Change(2, LINE, "row at 2"),)), "[2] between 2 and 4", id="old news"
        ),
        pytest.param(skipped_row, "are not the server's", id="a change is skipped"),
        pytest.param(
            pulled(2, changes=(Change(4, LINE, "another row"),)),
            "fresh pull in",
            id="other content",
        ),
        pytest.param(looked(1, 105), "105 seen, 110 to 112", id="stock misses an ack"),
        pytest.param(looked(0, 105), "105 seen, 100 to 100", id="stock from the future"),
        pytest.param(pulled(0, ended=0.5), "before it was said", id="rows from the future"),
    ],
)
def test_a_lie_is_found(lie: Lie, said: str) -> None:
    history = honest()
    lie(history)

    assert any(said in finding for finding in judge(history)), judge(history)


def test_many_findings_of_one_law_are_counted_and_not_all_told() -> None:
    history = honest()
    history.looked = [Looked(TEA, 6, 7, n) for n in range(20)]

    findings = judge(history)

    assert len(findings) == 6
    assert findings[-1] == "… 15 more of stock_is_in_time"
