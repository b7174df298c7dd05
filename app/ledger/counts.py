"""What an approved count does to the book: pure arithmetic over statuses."""

from collections.abc import Mapping

from app.ledger.postings import STATUSES

# A shortage is taken from what can be sold first: the shelf does not show a status.
SHORTAGE_ORDER = STATUSES


def split(book: Mapping[str, int], counted: int) -> dict[str, int]:
    """Spread a counted quantity over statuses.

    A shortage is taken from `available` first, then in fixed order; a surplus goes to
    `available`. Negative book quantities are first made whole from `available`.
    """
    target: dict[str, int] = {status: max(book.get(status, 0), 0) for status in SHORTAGE_ORDER}
    difference = counted - sum(target.values())
    if difference >= 0:
        target["available"] += difference
        return target
    missing = -difference
    for status in SHORTAGE_ORDER:
        taken = min(missing, target[status])
        target[status] -= taken
        missing -= taken
    return target


def corrections(book: Mapping[str, int], posted: Mapping[str, int], counted: int) -> dict[str, int]:
    """Return what must still be posted per status so that book + posted = counted.

    `book` sums the entries before the count, `posted` what this count has posted so far. The
    same rule serves approval (nothing posted yet) and every restatement after a late fact.
    """
    target = split(book, counted)
    wanted = {
        status: target.get(status, 0) - book.get(status, 0) - posted.get(status, 0)
        for status in {*target, *book, *posted}
    }
    return {status: delta for status, delta in sorted(wanted.items()) if delta}
