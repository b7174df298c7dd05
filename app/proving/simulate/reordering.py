"""The stored log in another order: the same books (S8).

Facts are permuted in any way that keeps the order of each journal and puts them before the
decisions that name them; stamps and answers are those that were stored.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from app.db import snapshot
from app.pipeline.models import StoredOperation
from app.pipeline.operation import Playbook
from app.proving.rebuild import Chunk, apply, begin, chunks
from app.proving.simulate.evidence import Books, books_of
from app.proving.simulate.premises import Premises
from app.proving.simulate.server import BEGINNING

OF_THE_ORDER = {"late_after_settled"}  # says itself in which order something came
TOGETHER = 12
# What was counted again before somebody decided cannot be decided any more: those stay in order.
DECISIONS = ("counting.approve", "counting.reject", "system.approve_count")
CALLED_OFF = ("ordering.cancel_order",)  # what has left cannot be called off any more
AFTER = {"counting.finish_bin": DECISIONS, "shipping.ship": CALLED_OFF}
# Who asks first gets the work: what was kept of the others may find none when it takes effect.
ASKING = ("picking.take_work",)
Rows = Sequence[StoredOperation]


def reordered(place: Premises, seed: int) -> Iterator[str]:
    """Replay the site's log in another order, and say where the books differ."""
    playbook: Playbook = place.server.app.extensions["tallyman_playbook"]
    target = place.fresh_rebuilt()
    chance = Random(f"order {seed}")  # noqa: S311 - the same order again
    with place.server.app.app_context(), snapshot(patient=True) as stored:
        streams = begin(stored, target)
        org = next(stream for stream in streams if stream.kind == "org")
        site = next(stream for stream in streams if stream.kind != "org")
        later: list[StoredOperation] = []
        for chunk in (*chunks(stored, org), *chunks(stored, site)):
            if chunk.stream == org.id or chunk.rows[0].recorded_at == BEGINNING:
                apply(playbook, target, org.id, chunk)
            else:
                later += [row for row in chunk.rows if not row.alias]
        for rows in _together(playbook, shuffled(later, chance), chance):
            apply(playbook, target, org.id, Chunk(site.id, rows[0].org_seq, tuple(rows)))
        first = books_of(stored)
        with snapshot(target, patient=True) as rebuilt:
            second = books_of(rebuilt)
    yield from _unlike("balances", first.balances, second.balances)
    yield from _unlike("positions", first.positions, second.positions)
    yield from _unlike("variances", _variances(first), _variances(second))
    yield from _unlike("open", _open(first), _open(second))


def shuffled(rows: Rows, chance: Random) -> Iterator[StoredOperation]:
    """Draw an order in which these rows could have arrived as well."""
    chains: dict[object, list[StoredOperation]] = defaultdict(list)
    for row in reversed(rows):
        chains["desk" if row.source == "office" else (row.device, row.epoch)].append(row)
    waits = _named(rows)
    while chains:
        ready = [name for name, chain in chains.items() if not waits.get(chain[-1].commit_seq)]
        # A late line of a sheet may wait for itself around a decision: then as it was.
        name = chance.choice(ready or [min(chains, key=lambda each: chains[each][-1].commit_seq)])
        row = chains[name].pop()
        if not chains[name]:
            del chains[name]
        for others in waits.values():
            others.discard(str(row.operation))
        yield row


def _named(rows: Rows) -> dict[int, set[str]]:
    """Say per decision which facts must be there before."""
    by_sheet: dict[str, set[str]] = defaultdict(set)
    facts: set[str] = set()
    kept: list[str] = []  # so far: a decision about what is kept is about no more
    read = {row.commit_seq: json.loads(row.envelope) for row in rows}
    for row in rows:
        if row.source != "office" and row.operation:
            facts.add(row.operation)
            by_sheet[str((read[row.commit_seq].get("payload") or {}).get("sheet"))].add(
                row.operation
            )

    def decided(fact: StoredOperation) -> set[str]:
        return {
            str(row.operation)
            for row in rows
            if row.kind in AFTER[str(fact.kind)] and row.commit_seq < fact.commit_seq
        }

    waits: dict[int, set[str]] = {}
    for row in rows:
        if row.source == "office":
            envelope = read[row.commit_seq]
            payload = envelope.get("payload") or {}
            named = {str(envelope.get("cause"))} & facts
            named |= by_sheet[str(payload["sheet"])] if payload.get("sheet") else set()
            waits[row.commit_seq] = named | (set(kept) if "exception" in payload else set())
        elif row.operation and row.outcome == "exception":
            kept.append(row.operation)
    for row in rows:
        if row.kind in AFTER and row.source != "office":
            waits[row.commit_seq] = decided(row)
    return waits


def _together(
    playbook: Playbook, rows: Iterator[StoredOperation], chance: Random
) -> Iterator[list[StoredOperation]]:
    """Cut an order into chunks; decisions, and what reads stock, stand alone."""
    chunk: list[StoredOperation] = []
    size = chance.randint(1, TOGETHER)
    for row in rows:
        kind = playbook.kinds.get((str(row.kind), 1))
        alone = row.source == "office" or kind is None or kind.alone
        if chunk and (alone or len(chunk) >= size):
            yield chunk
            chunk, size = [], chance.randint(1, TOGETHER)
        chunk.append(row)
        if alone:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _variances(books: Books) -> dict[object, object]:
    found: Counter[object] = Counter()
    for e in books.entries:
        if e.kind in ("adjust", "restate"):
            at = (e.eff_at, e.device, e.epoch, e.seq, e.holder, e.item, e.lot)
            found[at] += e.quantity
    return {key: quantity for key, quantity in found.items() if quantity}


def _open(books: Books) -> dict[object, object]:
    asked = {f"{row.device}|{row.epoch}|{row.seq}" for row in books.log if row.kind in ASKING}
    return {
        key: "open"
        for key, state in books.contradictions.items()
        if state != "closed" and key[0] not in OF_THE_ORDER and key[1] not in asked
    }


def _unlike(what: str, first: Mapping[Any, object], second: Mapping[Any, object]) -> Iterator[str]:
    for key in sorted({*first, *second}, key=str):
        if first.get(key) != second.get(key):
            yield f"{what} {key}: {first.get(key)}, in another order {second.get(key)}"
