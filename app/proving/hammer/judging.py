"""The laws a history must obey; pure, so that a test can hand in one that breaks them.

acked ⊆ applied ⊆ issued, each once, in the order of its journal; what was answered before
something began is seen by it; no change is ever skipped.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from app.proving.hammer.folding import folded
from app.proving.hammer.history import History, Issued, Journal, Key, Logged, Result

OURS = frozenset({"applied", "flagged"})
MOST = 5  # findings of one law that are told
NEVER = float("inf")


def judge(history: History) -> list[str]:
    """Return what is wrong, nothing where every law holds."""
    laws: tuple[Callable[[History], Iterable[str]], ...] = (
        log_is_what_was_issued,
        answers_stand,
        log_keeps_real_time,
        acks_only_grow,
        pulls_are_in_time,
        folded,
        stock_is_in_time,
    )
    findings: list[str] = []
    for law in laws:
        broken = list(law(history))
        findings += broken[:MOST]
        if len(broken) > MOST:
            findings.append(f"… {len(broken) - MOST} more of {law.__name__}")
    return findings


class Before:
    """The highest value among events that had ended at some instant."""

    def __init__(self, events: Iterable[tuple[float, int]]) -> None:
        self.ends: list[float] = []
        self.highest: list[int] = []
        for ended, value in sorted(events):
            self.ends.append(ended)
            self.highest.append(max(value, self.highest[-1] if self.highest else 0))

    def at(self, instant: float) -> int:
        """Return it, 0 where nothing had ended yet."""
        n = bisect_left(self.ends, instant)
        return self.highest[n - 1] if n else 0


def _by_seat(rows: Iterable[Logged]) -> dict[tuple[Journal, int], Logged]:
    return {(row.journal, row.seq): row for row in rows}


def log_is_what_was_issued(history: History) -> Iterator[str]:
    """Nothing invented, nothing twice, no number missing, journals in their order."""
    issued = {(one.journal, one.seq): one.id for one in history.issued}
    journals = {one.journal for one in history.issued}
    seen: dict[str, int] = {}
    last: dict[Journal, int] = defaultdict(int)
    for n, row in enumerate(sorted(history.log, key=lambda row: row.commit_seq), start=1):
        if row.commit_seq != n:
            yield f"commit {n} is missing or twice: {row}"
            return
        if row.id is not None and seen.setdefault(row.id, n) != n:
            yield f"{row.id} applied at {seen[row.id]} and {n}"
        if row.journal not in journals:
            continue  # the office's
        if issued.get((row.journal, row.seq)) != row.id:
            yield f"never issued: {row}"
        if row.seq != last[row.journal] + 1:
            yield f"{row.journal}: {row.seq} after {last[row.journal]}"
        last[row.journal] = row.seq


def answers_stand(history: History) -> Iterator[str]:
    """What was acknowledged is in the log as it was told, every time; told first only once."""
    log = _by_seat(history.log)
    first: set[tuple[Journal, int]] = set()
    for push in history.pushed:
        for said in push.results:
            seat = (push.journal, said.seq)
            if not _same(said, log.get(seat)):
                yield f"answered {said}, logged {log.get(seat)}"
            if not said.duplicate and seat in first:
                yield f"{seat} was new twice"
            if not said.duplicate:
                first.add(seat)
        held = {(push.journal, seq) for seq in range(1, push.acked + 1)}
        if push.acked and not held <= log.keys():
            yield f"acknowledged up to {push.acked}, not all of it logged: {push.journal}"
    by_id = {row.id: row for row in history.log}
    for entry in history.entered:
        row = by_id.get(entry.id)
        if entry.stream == "site" and (row is None or row.commit_seq != entry.commit_seq):
            yield f"answered {entry}, logged {row}"


def _same(said: Result, row: Logged | None) -> bool:
    return row is not None and (row.id, row.outcome, row.commit_seq) == (
        said.id,
        said.outcome,
        said.commit_seq,
    )


def _sent_and_told(history: History) -> dict[int, tuple[float, float]]:
    """When each row of the log was first said to the server, and first answered."""
    log = _by_seat(history.log)
    sent: dict[int, float] = defaultdict(lambda: NEVER)
    told: dict[int, float] = defaultdict(lambda: NEVER)
    for push in history.pushed:
        for seq in range(push.first_seq, push.first_seq + push.count):
            row = log.get((push.journal, seq))
            if row is not None:
                sent[row.commit_seq] = min(sent[row.commit_seq], push.began)
        if push.ended is not None:
            for said in push.results:
                told[said.commit_seq] = min(told[said.commit_seq], push.ended)
    for entry in history.entered:
        if entry.stream == "site":
            sent[entry.commit_seq], told[entry.commit_seq] = entry.began, entry.ended
    return {n: (sent[n], told[n]) for n in sent}


def log_keeps_real_time(history: History) -> Iterator[str]:
    """What was answered before something was said comes before it in the log."""
    times = _sent_and_told(history)
    soonest, which = NEVER, 0
    for commit in sorted(times, reverse=True):
        sent, told = times[commit]
        if soonest < sent:
            yield f"{which} was answered before {commit} was said"
        if told < soonest:
            soonest, which = told, commit


def acks_only_grow(history: History) -> Iterator[str]:
    """No push is told less than an earlier one was."""
    known: dict[Journal, list[tuple[float, int]]] = defaultdict(list)
    for push in history.pushed:
        if push.ended is not None:
            known[push.journal].append((push.ended, push.acked))
    before = {journal: Before(acks) for journal, acks in known.items()}
    for push in history.pushed:
        if push.ended is not None and push.acked < before[push.journal].at(push.began):
            yield f"{push.journal}: acknowledged {push.acked} after more"


def pulls_are_in_time(history: History) -> Iterator[str]:
    """A last page has everything that was answered, or shown, before it was asked for."""
    times = _sent_and_told(history)
    whole = [page for page in history.pulled if not page.more]
    site = Before(
        [(told, n) for n, (_, told) in times.items()]
        + [(page.ended, page.until.site) for page in whole]
    )
    org = Before(
        [(e.ended, e.commit_seq) for e in history.entered if e.stream == "org"]
        + [(page.ended, page.until.org) for page in whole]
    )
    for page in whole:
        if page.until.site < site.at(page.began):
            yield f"{page.puller}: ends at {page.until.site}, {site.at(page.began)} was known"
        if page.until.org < org.at(page.began):
            yield f"{page.puller}: org ends at {page.until.org}, {org.at(page.began)} was known"
    yield from _shown_as_applied(history, times)


def _shown_as_applied(history: History, times: dict[int, tuple[float, float]]) -> Iterator[str]:
    """`last_applied_seq` is exactly what the log has up to the cursor, and nothing unsaid."""
    commits: dict[Journal, list[int]] = defaultdict(list)
    for row in sorted(history.log, key=lambda row: row.commit_seq):
        commits[row.journal].append(row.commit_seq)  # the n-th of them has seq n
    for page in history.pulled:
        applied = bisect_left(commits[page.journal], page.until.site + 1)
        if page.last_applied != applied:
            yield f"{page.puller}: {page.last_applied} applied at {page.until}, logged {applied}"
        if times.get(page.until.site, (0.0, 0.0))[0] > page.ended:
            yield f"{page.puller}: saw {page.until.site} before it was said"


def stock_is_in_time(history: History) -> Iterator[str]:
    """A look lies between what had to be there and what could be."""
    log = _by_seat(history.log)
    times = _sent_and_told(history)
    moves: dict[Key, list[tuple[float, float, int]]] = defaultdict(list)
    for one in history.issued:
        row = log.get((one.journal, one.seq))
        if row is not None and row.outcome in OURS:
            _spread(moves, one, *times.get(row.commit_seq, (0.0, NEVER)))
    for look in history.looked:
        least = most = history.stock.get(look.key, 0)
        for sent, told, moved in moves[look.key]:
            if told < look.began:
                least, most = least + moved, most + moved
            elif sent < look.ended:
                least, most = least + min(moved, 0), most + max(moved, 0)
        if not least <= look.quantity <= most:
            yield f"{look.key}: {look.quantity} seen, {least} to {most} possible"


def _spread(
    moves: dict[Key, list[tuple[float, float, int]]], one: Issued, sent: float, told: float
) -> None:
    for key, moved in one.moved:
        moves[key].append((sent, told, moved))
