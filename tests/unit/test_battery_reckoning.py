"""How the battery reckons: which scan an answer belongs to, and what adds up."""

import json
from pathlib import Path

import pytest

from tests.e2e.hearing import Moment
from tests.e2e.record import Kept, Played, table
from tests.e2e.rig import number

PAGE = 1_795_359_390_185.1


def said(answer: int, page: float = PAGE, tone: str = "ok") -> str:
    return json.dumps([tone, "1 × Toolbox noted", answer, page])


@pytest.mark.parametrize("n", [1, 90, 91, 9_191, 991_991])
def test_a_label_is_looked_for_under_its_whole_number(n: int) -> None:
    assert number(f"]C101095200000000669{1}Q{n:06d}") == f"Q{n:06d}"


@pytest.mark.parametrize(
    ("heard", "answers"),
    [(said(5), True), (said(4), False), (said(3), False), (said(9, PAGE + 1), False)],
)
def test_only_what_the_same_page_says_later_is_an_answer(heard: str, answers: bool) -> None:  # noqa: FBT001
    assert Moment(heard=0, answer=4, page=PAGE).before(heard) is answers


def test_runs_of_one_tree_add_up_and_no_others(tmp_path: Path) -> None:
    file = tmp_path / "record"
    for tree, cycle in (("a", 1), ("b", 1), ("a", 2)):
        wrong = ["lost"] if cycle == 2 else []
        Kept(file, tree).keep(Played(7, cycle, "cut", 3, 1.5, wrong))

    played = Kept(file, "a").played()

    assert [one.cycle for one in played] == [1, 2]
    assert [line.split() for line in table(played)][1:] == [
        ["cut", "2", "1", "6", "3"],
        ["all", "2", "1", "6", "3"],
    ]
