"""What befalls handhelds: new clocks, new pages, new people, lost memories, doubles."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.proving.simulate.faults import LIVES
from app.proving.simulate.furnishing import Enrolled
from app.proving.simulate.journals import DeviceClock, Journal
from app.proving.simulate.scanner import Scanner
from app.proving.simulate.server import BEGINNING
from app.proving.simulate.timepiece import Timepiece
from app.proving.simulate.truth import HOUR, MINUTE
from app.proving.simulate.world import World, operation_of


def handheld(world: World, hand: int, enrolled: Enrolled) -> Scanner:
    """Put a handheld into somebody's hands, with whatever is wrong about its clock."""
    chance, faults = world.chance, world.faults
    piece = Timepiece(BEGINNING.timestamp() * 1000)
    if faults.hits("clock offset", 0.7):
        piece.wrong_by = chance.uniform(-24 * HOUR, 24 * HOUR)
        world.injected["clock offset"] += 1
    if faults.hits("clock drift", 0.8):
        piece.ppm = chance.uniform(-90, 90)
        world.injected["clock drift"] += 1
    site = world.names.site
    scanner = Scanner(
        wire=world.server.wire, clock=DeviceClock(piece), label=f"H{hand}", id=enrolled.id,
        credential=enrolled.credential, site=site, org=world.names.org, hand=hand,
        batch=chance.randint(1, 9) if faults.has("half batches") else chance.choice((20, 50, 120)),
        page=chance.choice((3, 40, 500, 500)),
        journals=[Journal(enrolled.id, 1)],
    )  # fmt: skip
    if faults.has("half batches"):
        world.injected["half batches"] += 1
    sign_on(world, scanner, enrolled, sorted(enrolled.grants)[hand % len(enrolled.grants)])
    return scanner


def sign_on(world: World, scanner: Scanner, enrolled: Enrolled, person: str) -> None:
    """Somebody who logged in here before takes it up."""
    known = enrolled.id == scanner.id
    scanner.actor, scanner.grant = person, enrolled.grants[person] if known else None


def people(world: World, scanner: Scanner, enrolled: Enrolled) -> None:
    """Somebody else takes the handheld, with a grant or, after a cold start, without."""
    person = world.chance.choice(sorted(enrolled.grants))
    if world.faults.hits("cold start", 0.5):
        scanner.actor, scanner.grant = person, None
        world.injected["cold start"] += 1
    elif world.faults.has("user switch"):
        sign_on(world, scanner, enrolled, person)
        world.injected["user switch"] += 1


def clocks(world: World, scanner: Scanner, since: float) -> None:
    """Before a gesture: the page was started anew, the machine slept, or its clock was set."""
    piece = scanner.clock.piece
    if world.faults.hits("restart", 0.05):
        restart(world, scanner)
        world.injected["restart"] += 1
    if world.faults.hits("sleep", 0.1) and world.now - since > MINUTE:
        piece.sleep((world.now - since) * world.chance.uniform(0.3, 0.9))
        world.injected["sleep"] += 1
    if world.faults.hits("clock jump", 0.03):
        piece.jump(world.now, world.chance.choice((-1, 1)) * world.chance.uniform(1_000, 5 * HOUR))
        world.injected["clock jump"] += 1


def restart(world: World, scanner: Scanner) -> None:
    """A new page: what was asked is forgotten, what was written is not."""
    scanner.clock.piece.restart(world.now)
    world.generation[id(scanner)] += 1
    world.busy.discard(id(scanner))


# --- once in a life ---------------------------------------------------------------------------


def re_enrol(world: World, scanner: Scanner) -> None:
    """The credential is gone, the journal is not."""
    scanner.credential = "0" * 64
    world.invite(scanner)


def re_install(world: World, scanner: Scanner) -> None:
    """The journals are left in a rescue file, which another handheld hands in."""
    others = [other for other in world.all() if other.hand != scanner.hand]
    pending = [journal for journal in scanner.journals if journal.pending]
    if others:
        world.chance.choice(others).rescues += pending
    else:
        scanner.rescues += pending
    scanner.kept += [journal for journal in scanner.journals if not journal.pending]
    _empty(world, scanner)
    world.invite(scanner)


def wipe(world: World, scanner: Scanner) -> None:
    """The memory is gone, and with it what nobody has answered for."""
    for journal in scanner.journals:
        world.forgotten(journal.queue[journal.sent :])
        journal.queue = journal.queue[: journal.sent]
    for journal in scanner.rescues:
        world.forgotten(journal.queue[journal.sent :])
        journal.queue = journal.queue[: journal.sent]
    world.declares.add(scanner.id)
    scanner.kept += scanner.journals + scanner.rescues
    scanner.rescues = []
    _empty(world, scanner)
    scanner.lost = True
    world.invite(scanner)


def _empty(world: World, scanner: Scanner) -> None:
    restart(world, scanner)
    scanner.journals = [Journal(scanner.id, 0)]  # until the server has numbered one
    scanner.rows.clear()
    scanner.channels.clear()
    scanner.cursor, scanner.base, scanner.rotation = "", None, None
    scanner.last_heard, scanner.asked = world.now - HOUR, True


def clone(world: World, scanner: Scanner) -> None:
    """Two copies of one memory go on, each in other hands."""
    twin = replace(
        scanner,
        label=f"{scanner.label}-twin",
        clock=DeviceClock(replace(scanner.clock.piece, jumped_at=[])),
        journals=[journal.copy() for journal in scanner.journals],
        kept=[], rescues=[], refused=[], rows=dict(scanner.rows), channels=dict(scanner.channels),
        results={}, rotation=None,
    )  # fmt: skip
    twin.clock.offset, twin.clock.rtt = scanner.clock.offset, scanner.clock.rtt
    world.scanners[scanner.hand].append(twin)
    restart(world, twin)
    later(world, twin)


def later(world: World, twin: Scanner) -> None:
    """A twin syncs in its own time."""
    end = world.hours * HOUR
    when = world.now
    while (when := when + world.chance.uniform(5, 60) * MINUTE) < end:
        world.at(when, partial(world.session, twin))


def image(world: World, scanner: Scanner) -> None:
    """An image of the disk is taken, and put back some time later."""
    copies = [journal.copy() for journal in scanner.journals]
    world.at(
        world.now + world.chance.uniform(10, 120) * MINUTE,
        partial(_put_back, world, scanner, copies),
    )


def _put_back(world: World, scanner: Scanner, copies: list[Journal]) -> None:
    known = {operation_of(text) for copy in copies for text in copy.queue}
    gone = [
        text
        for journal in scanner.journals
        for text in journal.queue[journal.sent :]
        if operation_of(text) not in known
    ]
    world.forgotten(gone)
    world.put_back.add(scanner.hand)
    scanner.kept += [journal.copy() for journal in scanner.journals]
    for journal in scanner.kept:
        journal.queue = journal.queue[: journal.sent]
    restart(world, scanner)
    scanner.journals, scanner.rotation = copies, None
    scanner.cursor = ""
    if gone:
        world.declares.add(scanner.id)
        last = copies[-1]
        scanner.rotate(last, "wiped", [len(last.queue) + 1, None])


def revoke(world: World, scanner: Scanner) -> None:
    """A supervisor shuts a handheld out, and lets it in again later."""
    world.desk(f"/api/v1/office/devices/{scanner.id}/revoke", {})
    world.at(world.now + world.chance.uniform(20, 120) * MINUTE, partial(re_enrol, world, scanner))


ONCE: dict[str, Callable[[World, Scanner], None]] = {
    "re-install": re_install, "re-enrol": re_enrol, "wipe": wipe, "clone": clone,
    "restored image": image, "revoke": revoke,
}  # fmt: skip


def befall(world: World) -> None:
    """Spread the great mishaps over the hands: no more than one each."""
    hands = sorted(world.scanners)
    world.chance.shuffle(hands)
    kinds = [kind for kind in LIVES if world.faults.has(kind)]
    for hand, kind in zip(hands, kinds, strict=False):
        when = world.chance.uniform(0.15, 0.85) * world.hours * HOUR
        world.at(when, partial(_befalls, world, hand, kind))


def _befalls(world: World, hand: int, kind: str) -> None:
    world.injected[kind] += 1
    ONCE[kind](world, world.scanners[hand][0])
