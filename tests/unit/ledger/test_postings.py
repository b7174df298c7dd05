"""The arithmetic of counts and the fold of positions, without a database."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.clock import EPOCH
from app.ledger.counts import corrections, split
from app.ledger.postings import STATUSES, EffKey, Posting, Sighting, fold, place

VARIANCE, SUPPLIER = "@variance", "@supplier"
amounts = st.dictionaries(st.sampled_from(STATUSES), st.integers(-50, 50))


def seen(minute: int, what: str, target: str, source: str | None = None) -> Sighting:
    return Sighting(EffKey(EPOCH + timedelta(minutes=minute), "h", 1, minute), what, target, source)


class TestSplit:
    def test_a_shortage_is_taken_from_available_first(self) -> None:
        assert split({"available": 4, "damaged": 3}, 5) == {
            "available": 2, "quality": 0, "damaged": 3, "quarantine": 0,
        }  # fmt: skip
        assert split({"available": 4, "damaged": 3}, 1)["damaged"] == 1

    def test_a_surplus_is_available(self) -> None:
        assert split({"damaged": 3}, 5)["available"] == 2

    @given(amounts, amounts, st.integers(0, 200))
    def test_what_is_corrected_is_what_was_counted(
        self, book: dict[str, int], posted: dict[str, int], counted: int
    ) -> None:
        delta = corrections(book, posted, counted)
        total = sum(book.values()) + sum(posted.values()) + sum(delta.values())
        assert total == counted
        assert 0 not in delta.values()
        after: dict[str, int] = {s: posted.get(s, 0) + delta.get(s, 0) for s in STATUSES}
        assert corrections(book, after, counted) == {}  # once is enough
        assert all(book.get(s, 0) + after[s] >= 0 for s in STATUSES)


class TestFold:
    def test_the_last_sighting_counts(self) -> None:
        assert fold([seen(2, "at", "B"), seen(1, "at", "A")], VARIANCE, SUPPLIER).place == "B"

    def test_nobody_saw_it(self) -> None:
        assert fold([], VARIANCE, SUPPLIER).place is None

    def test_absent_only_from_where_it_stood(self) -> None:
        here = [seen(1, "at", "A"), seen(2, "absent", "A")]
        assert fold(here, VARIANCE, SUPPLIER).place == VARIANCE
        assert fold([*here, seen(3, "absent", "B")], VARIANCE, SUPPLIER).place == VARIANCE
        assert fold([seen(1, "at", "A"), seen(2, "absent", "B")], VARIANCE, SUPPLIER).place == "A"

    def test_a_source_that_is_not_its_place_is_a_gap(self) -> None:
        story = [seen(1, "at", "A"), seen(2, "at", "C", "B"), seen(3, "at", "D", "C")]
        assert [gap.target for gap in fold(story, VARIANCE, SUPPLIER).gaps] == ["C"]
        assert len(fold([seen(1, "at", "A", "DOCK")], VARIANCE, SUPPLIER).gaps) == 1
        assert fold([seen(1, "at", "A", SUPPLIER)], VARIANCE, SUPPLIER).gaps == ()

    @given(st.permutations([seen(n, "at", "ABCDE"[n]) for n in range(5)]))
    def test_the_order_of_arrival_does_not_matter(self, story: list[Sighting]) -> None:
        assert fold(story, VARIANCE, SUPPLIER).place == "E"


def test_a_posting_taken_back_twice_is_itself() -> None:
    posting = Posting(place("A"), place("B"), "tea", "", 4)
    assert posting.reversed().quantity == -4
    assert posting.reversed().kind == "void"
    assert posting.reversed().reversed().quantity == 4


def test_keys_order_by_moment_device_epoch_number_and_part() -> None:
    key = EffKey(EPOCH, "a", 1, 1)
    ordered = [
        key, key._replace(part=1), key._replace(seq=2), key._replace(epoch=2),
        key._replace(device="b"), key._replace(eff_at=EPOCH + timedelta(microseconds=1)),
    ]  # fmt: skip
    assert sorted([*ordered[3:], *ordered[:3]]) == ordered
