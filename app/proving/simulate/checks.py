"""What must hold after healing. Every check says in one line what it compares with what."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from app.db import snapshot
from app.pipeline.operation import Playbook
from app.proving.comparing import differences, imbalances, tables
from app.proving.rebuild import BrokenLog, replay
from app.proving.simulate import closing, settled
from app.proving.simulate.evidence import Books, Stamped, read, written
from app.proving.simulate.judging import Judgement, judged, meeting
from app.proving.simulate.play import Played, ask_everything_again
from app.proving.simulate.premises import Premises
from app.proving.simulate.reordering import reordered
from app.proving.simulate.server import BEGINNING

SHOWN = 6
ROUNDING = 5_000  # µs: handhelds speak whole milliseconds
TAKEN = ("applied", "flagged")
KEPT = {"sync.device_revoked", "sync.unsupported"}  # until somebody lets it take effect


@dataclass
class Verdict:
    """What came of a seed."""

    problems: list[str] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)

    def say(self, name: str, found: Iterator[str] | list[str]) -> None:
        """Note what contradicts an invariant."""
        all_ = list(found)
        self.problems += [f"{name}: {text[:400]}" for text in all_[:SHOWN]]
        if len(all_) > SHOWN:
            self.problems.append(f"{name}: {len(all_) - SHOWN} more")


def check(
    place: Premises, played: Played, *, rebuild: bool = True, reorder: bool = False
) -> Verdict:
    """Hold everything against the oracle, and the log against itself."""
    verdict, world = Verdict(), played.world
    verdict.say("L1/L2 nothing settles, nobody is waited for", settled.quiet(world))
    ask_everything_again(world)
    books = read(place.server)
    verdict.say("answers", world.broken)
    verdict.say("healing", played.unhealed)
    rows = {str(row.operation): row for row in books.log if not row.alias and row.operation}
    for name, examine in CHECKS.items():
        verdict.say(name, examine(played, books, rows))
    verdict.figures["entries of a closed day"] += closing.moved(books)
    if played.halfway is not None:
        same = written(place.server, played.halfway.until) == played.halfway
        verdict.say("S10 log and ledger of half-time unchanged", [] if same else ["changed"])
    judgement = judged(played, rows, books)
    _judge(verdict, judgement, played, books, rows)
    if rebuild and not verdict.problems:
        verdict.say("S9 rebuild of the log = tables", _rebuilt(place))
        verdict.figures["logs rebuilt"] += 1
    if reorder and not verdict.problems:
        verdict.say("S8 the same books in another order", reordered(place, played.seed))
        verdict.figures["logs reordered"] += 1
    return verdict


def _once(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """S1: recorded on handhelds = stored, once each, less what was declared lost."""
    world = played.world
    count = Counter(row.operation for row in books.log if not row.alias)
    devices = {scanner.id for scanner in world.all()}
    for n, operation in world.recorded.items():
        times = count[operation]
        if times > 1 or (times == 0 and n not in world.lost):
            yield f"deed {n} {world.truth.deeds[n].kind} is stored {times} times"
    for row in books.log:
        if row.device in devices and row.operation not in world.by_operation:
            yield f"{row.device} {row.epoch}/{row.seq} {row.kind} {row.codes}: nobody recorded it"


def _declared(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """S1: every handheld that lost its memory has said so."""
    said = {
        subject.partition("|")[0] for code, subject in books.contradictions if code == "device_gap"
    }
    yield from (f"{device} lost its memory in silence" for device in played.world.declares - said)


def _effects(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """S2: entries of an operation = two a told move, and as many negations at most."""
    world = played.world
    off = played.called_off(rows)
    facts = Counter((e.operation, e.kind) for e in books.entries if e.kind in ("fact", "void"))
    commits = defaultdict(set)
    for entry in books.entries:
        if entry.kind == "fact":
            commits[entry.operation].add(entry.commit_seq)
    for n, operation in world.recorded.items():
        told = 2 * len(world.truth.deeds[n].moves)
        kept = rows.get(operation)
        if kept is None:
            told = 0
        elif kept.outcome not in TAKEN and n in off and not facts[(operation, "fact")]:
            continue  # called off before it could take effect
        if facts[(operation, "fact")] != told or len(commits[operation]) > 1:
            yield f"deed {n}: {facts[(operation, 'fact')]} entries, told {told}"


def _order(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """S3: by commit, the seqs of each journal are 1, 2, 3 …; commits have no gap."""
    seqs: dict[tuple[str, int], int] = {}
    commits: dict[str, int] = {}
    for row in books.log:
        commits[row.stream] = commits.get(row.stream, 0) + 1
        if row.commit_seq != commits[row.stream]:
            yield f"stream {row.stream}: {row.commit_seq} follows {commits[row.stream] - 1}"
        if row.source == "office":
            continue
        seqs[(row.device, row.epoch)] = seqs.get((row.device, row.epoch), 0) + 1
        if row.seq != seqs[(row.device, row.epoch)]:
            yield f"{row.device} epoch {row.epoch}: {row.seq} out of order"


def _outcomes(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """Every gesture took effect, or was kept: from a revoked handheld, or not understood yet."""
    for operation in played.world.recorded.values():
        row = rows.get(operation)
        if row and row.outcome == "refused" and row.kind == "picking.take_work":
            continue  # no fact, and there may be no work, or nobody who may ask for it
        if row and row.outcome not in TAKEN and not KEPT.issuperset(row.codes):
            yield f"{row.kind} {row.outcome} {row.codes}"


def _balanced(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """S5, S6: entries sum to zero per item and lot; balances are the sum of their entries."""
    with played.world.server.app.app_context(), snapshot() as session:
        yield from imbalances(session, SHOWN)


def _anchored(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """S7 (invariant A): entries up to an approved count sum to what was counted."""
    counted = {(a.sheet, a.holder, a.item, a.lot): a.counted for a in books.anchors}
    by_holder = defaultdict(list)
    for entry in books.entries:
        by_holder[entry.holder].append(entry)
    for anchor in (a for a in books.anchors if not a.item):
        at = (anchor.eff_at, anchor.device, anchor.epoch, anchor.seq, 1)
        sums: Counter[tuple[str, str]] = Counter()
        for e in by_holder[anchor.holder]:
            sums[(e.item, e.lot)] += e.quantity if (*e[7:11], e.part) <= at else 0
        for item, lot in sums:
            wanted = counted.get((anchor.sheet, anchor.holder, item, lot), 0)
            if sums[(item, lot)] != wanted:
                yield f"sheet {anchor.sheet} {item} {lot}: {sums[(item, lot)]}, counted {wanted}"


def _negative(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """S15: every key below zero is named by an open or settling exception, and none else."""
    place = played.world.names.place
    outside = {place(code) for code in ("@supplier", "@customer", "@variance", "@scrap")}
    below = {
        "|".join(key[:3]) for key, q in books.balances.items() if q < 0 and key[0] not in outside
    }
    named = books.named("negative_stock")
    yield from (f"{key} has no exception" for key in sorted(below - named))
    yield from (f"{key} is not below zero" for key in sorted(named - below))


def _explained(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """Open chain gaps = units whose story has gaps; open voids = those without their cause."""
    gaps = {unit for unit, (_, found) in books.positions.items() if found}
    yield from (f"chain_gap of {unit}" for unit in sorted(gaps ^ books.named("chain_gap")))
    world = played.world
    waiting = set()
    for n, operation in world.recorded.items():
        cause = world.truth.deeds[n].void
        if cause is not None and operation in rows and world.names.operation(cause) not in rows:
            waiting.add(world.names.operation(cause))
    yield from (f"void_waiting {each}" for each in sorted(waiting ^ books.named("void_waiting")))


def _picked(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """Order lines: what the document says was picked = what was told and not called off."""
    wanted: Counter[str] = Counter()
    for deed in played.arrived(rows):
        if deed.kind == "pick":
            (move,) = deed.moves
            wanted[played.world.names.order_line(deed)] += move.quantity
    for line in sorted({*wanted, *books.picked}):
        if wanted[line] != books.picked.get(line, 0):
            yield f"line {line}: told {wanted[line]}, document {books.picked.get(line, 0)}"


def _stamps(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """§5: |stamp - true instant| <= u, unless the clock was set or the memory had a double."""
    world = played.world
    tricky = {
        hand
        for hand, scanners in world.scanners.items()
        if len(scanners) > 1
        or any(s.clock.piece.jumped_at for s in scanners)
        or hand in world.put_back
    }
    for n, operation in world.recorded.items():
        deed, row = world.truth.deeds[n], rows.get(operation)
        if row is None or deed.hand in tricky:
            continue
        off = (row.eff_at - BEGINNING - timedelta(milliseconds=deed.at)) // timedelta(
            microseconds=1
        )
        if abs(off) > row.u + ROUNDING:
            yield f"deed {n} {deed.kind} by {off / 1e6:.1f} s, u {row.u / 1e6:.1f} s, {row.source}"


def _posted(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """§6: what happened on a day that was closed by then is posted to the first open one."""
    return closing.posted(played.world, books)


def _alone(played: Played, books: Books, rows: dict[str, Stamped]) -> Iterator[str]:
    """§7: what was approved alone was settled, and nothing known by then had met it."""
    world = played.world
    known = {
        n: rows[operation]
        for n, operation in world.recorded.items()
        if operation in rows and rows[operation].outcome in TAKEN
    }
    for sheet in sorted(world.approved_alone):
        settled_by = books.settled.get(world.names.sheet(sheet))
        if settled_by is None:
            yield f"sheet {sheet} was approved alone before it was settled"
            continue
        by_then = {n: row for n, row in known.items() if row.commit_seq < settled_by}
        for deed in meeting(sheet, (world.truth.deeds[n] for n in by_then), by_then):
            yield f"sheet {sheet} was approved alone, although deed {deed.n} meets it"


def _judge(
    verdict: Verdict, judgement: Judgement, played: Played, books: Books, rows: dict[str, Stamped]
) -> None:
    """S8 and S8b: the books beside the oracle's, by the server's order and by the true one."""
    verdict.say("S8 books = oracle in the order of the stamps", judgement.by_stamps)
    verdict.say(
        "S8b books = oracle in true order, where every stamp error <= u", judgement.by_truth
    )
    verdict.figures.update(judgement.figures)


def _rebuilt(place: Premises) -> Iterator[str]:
    playbook: Playbook = place.server.app.extensions["tallyman_playbook"]
    target = place.fresh_rebuilt()
    with place.server.app.app_context(), snapshot(patient=True) as stored:
        try:
            replay(playbook, stored, target)
        except BrokenLog as broken:
            yield str(broken)
            return
        with snapshot(target, patient=True) as rebuilt:
            for table in tables():
                yield from differences(table, stored, rebuilt, SHOWN)[1]


Examine = Callable[[Played, Books, dict[str, Stamped]], Iterator[str]]
CHECKS: dict[str, Examine] = {
    "S1 recorded = stored once, less declared losses": _once,
    "S1 losses are declared": _declared,
    "S2 effects of an operation = what was told": _effects,
    "S3 commit order = journal order": _order,
    "outcome of every gesture": _outcomes,
    "S5/S6 double entry, balances": _balanced,
    "S7 invariant A": _anchored,
    "S15 negative = named": _negative,
    "exceptions = gaps and open voids": _explained,
    "order lines = picks": _picked,
    "§7 approved alone = settled and uncontested": _alone,
    "posted to its day, or to the first open one": _posted,
    "§5 stamp error <= u": _stamps,
}
