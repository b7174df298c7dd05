"""What befalls handhelds: new clocks, new pages, new people, lost memories, doubles."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

from app.proving.simulate import cores
from app.proving.simulate.core import Core
from app.proving.simulate.faults import LIVES
from app.proving.simulate.furnishing import BADGES, FLOOR, Enrolled
from app.proving.simulate.journals import DeviceClock, Handed, Journal
from app.proving.simulate.pyscanner import PyScanner
from app.proving.simulate.server import BEGINNING
from app.proving.simulate.timepiece import Timepiece
from app.proving.simulate.truth import HOUR, MINUTE
from app.proving.simulate.world import World


def handheld(world: World, hand: int, enrolled: Enrolled) -> Core:
    """Put a handheld into somebody's hands, with whatever is wrong about its clock."""
    chance, faults = world.chance, world.faults
    piece = Timepiece(BEGINNING.timestamp() * 1000)
    if faults.hits("clock offset", 0.7):
        piece.wrong_by = chance.uniform(-24 * HOUR, 24 * HOUR)
        world.injected["clock offset"] += 1
    if faults.hits("clock drift", 0.8):
        piece.ppm = chance.uniform(-90, 90)
        world.injected["clock drift"] += 1
    handed = Handed(
        hand=hand, device=enrolled.id, clock=DeviceClock(piece),
        site=world.names.site, org=world.names.org,
        batch=chance.randint(2, 12) if faults.has("half batches") else chance.choice((50, 200)),
        page=chance.choice((7, 40, 500, 500, 500)), wire=world.server.wire,
        badges={world.names.person(badge): badge for badge in BADGES}, roles=FLOOR,
        until=(BEGINNING + timedelta(hours=12)).isoformat(),
        calm=lambda: faults.calm, injected=world.injected,
    )  # fmt: skip
    scanner = cores.made(world.core, world.seed, handed, enrolled)
    if faults.has("half batches"):
        world.injected["half batches"] += 1
    if chance.random() < 0.7:  # noqa: PLR2004 - the others have forgotten what enrolling told them
        scanner.clock.offset, scanner.clock.rtt = -piece.wrong_by, 60
    sign_on(world, scanner, enrolled, sorted(enrolled.grants)[hand % len(enrolled.grants)])
    return scanner


def idle(world: World, enrolled: Enrolled) -> PyScanner:
    """Put a handheld on a shelf, where it lay all day."""
    clock = DeviceClock(Timepiece(BEGINNING.timestamp() * 1000))
    clock.at, clock.rtt = world.now, 60
    return PyScanner(
        wire=world.server.wire, clock=clock, label="idle", id=enrolled.id,
        credential=enrolled.credential, site=world.names.site, org=world.names.org, parked=True,
        journals=[Journal(enrolled.id, 1)],
    )  # fmt: skip


def sign_on(world: World, scanner: Core, enrolled: Enrolled, person: str) -> None:
    """Somebody who logged in here before takes it up."""
    known = enrolled.id == scanner.id
    scanner.actor, scanner.grant = person, enrolled.grants[person] if known else None


def people(world: World, scanner: Core, enrolled: Enrolled) -> None:
    """Somebody else takes the handheld, with a grant or, after a cold start, without."""
    person = world.chance.choice(sorted(enrolled.grants))
    if world.faults.hits("cold start", 0.5):
        scanner.actor, scanner.grant = person, None
        world.injected["cold start"] += 1
    elif world.faults.has("user switch"):
        sign_on(world, scanner, enrolled, person)
        world.injected["user switch"] += 1


def clocks(world: World, scanner: Core, since: float) -> None:
    """Before a gesture: the page was started anew, the machine slept, or its clock was set."""
    piece = scanner.clock.piece
    if world.faults.hits("restart", 0.05):
        restart(world, scanner)
        world.injected["restart"] += 1
    if world.faults.hits("upgrade", 0.03):
        restart(world, scanner)  # the new version starts on the journals of the old one
        world.injected["upgrade"] += 1
    if world.faults.hits("sleep", 0.1) and world.now - since > MINUTE:
        piece.sleep((world.now - since) * world.chance.uniform(0.3, 0.9))
        world.injected["sleep"] += 1
    if world.faults.hits("clock jump", 0.03):
        piece.jump(world.now, world.chance.choice((-1, 1)) * world.chance.uniform(1_000, 5 * HOUR))
        world.injected["clock jump"] += 1


def restart(world: World, scanner: Core) -> None:
    """A new page: what was asked is forgotten, what was written is not."""
    waiting = scanner.pending
    scanner.clock.at = world.now
    scanner.clock.piece.restart(world.now)
    scanner.restarted()
    world.generation[id(scanner)] += 1
    world.busy.discard(id(scanner))
    if scanner.pending != waiting:
        world.broken.append(f"S12 {scanner.label}: {waiting} pending, then {scanner.pending}")


def sign_off(world: World, scanner: Core) -> None:
    """Now and then a drained handheld is put into its cradle: nobody waits for it."""
    rests = not scanner.pending and world.faults.hits("parked", 0.3)
    world.injected["parked"] += scanner.parks(wanted=rests)


# --- once in a life ---------------------------------------------------------------------------


def re_enrol(world: World, scanner: Core) -> None:
    """The credential is gone, the journal is not."""
    scanner.locked_out()
    world.invite(scanner)


def re_install(world: World, scanner: Core) -> None:
    """The journals are left in a rescue file, which another handheld hands in."""
    others = [other for other in world.all() if other.hand != scanner.hand]
    restart(world, scanner)
    if not scanner.ready:  # wiped before, and what could still have said so goes now
        world.declares.discard(scanner.id)
    left = scanner.left_behind()
    (world.chance.choice(others) if others else scanner).take_over(left)
    world.invite(scanner)


def wipe(world: World, scanner: Core) -> None:
    """The memory is gone, and with it what nobody has answered for."""
    restart(world, scanner)
    if scanner.ready:  # else there was nothing to lose
        world.declares.add(scanner.id)
    world.forgotten(scanner.emptied())
    world.invite(scanner)


def clone(world: World, scanner: Core) -> None:
    """Two copies of one memory go on, each in other hands."""
    scanner.clock.at = world.now
    twin = scanner.twin()
    world.scanners[scanner.hand].append(twin)
    restart(world, twin)
    later(world, twin)


def later(world: World, twin: Core) -> None:
    """A twin syncs in its own time."""
    end = world.hours * HOUR
    when = world.now
    while (when := when + world.chance.uniform(5, 60) * MINUTE) < end:
        world.at(when, partial(world.session, twin))


def image(world: World, scanner: Core) -> None:
    """An image of the disk is taken, and put back some time later."""
    world.at(
        world.now + world.chance.uniform(10, 120) * MINUTE,
        partial(_put_back, world, scanner, scanner.image()),
    )


def _put_back(world: World, scanner: Core, image: object) -> None:
    restart(world, scanner)
    if not scanner.ready:  # wiped before, and what comes back knows nothing of that
        world.declares.discard(scanner.id)
    found = scanner.put_back(image)
    world.forgotten(found.gone)
    world.put_back.add(scanner.hand)
    if found.declares:
        world.declares.add(scanner.id)


def revoke(world: World, scanner: Core) -> None:
    """A supervisor shuts a handheld out, and lets it in again later."""
    world.desk(f"/api/v1/office/devices/{scanner.id}/revoke", {})
    world.at(world.now + world.chance.uniform(20, 120) * MINUTE, partial(re_enrol, world, scanner))


ONCE: dict[str, Callable[[World, Core], None]] = {
    "re-install": re_install, "re-enrol": re_enrol, "wipe": wipe, "clone": clone,
    "restored image": image, "revoke": revoke,
}  # fmt: skip


FORGETFUL = ("wipe", "restored image")


def befall(world: World) -> None:
    """Spread the great mishaps over the hands: no more than one each."""
    hands = sorted(world.scanners)
    world.chance.shuffle(hands)
    kinds = [kind for kind in LIVES if world.faults.has(kind)]
    for hand, kind in zip(hands, kinds, strict=False):
        when = world.chance.uniform(0.15, 0.85) * world.hours * HOUR
        world.at(when, partial(_befalls, world, hand, kind))
    if world.core != "python":
        _worse(world, dict(zip(hands, kinds, strict=False)))


def _worse(world: World, befallen: dict[int, str]) -> None:
    """The app itself bears one thing after another; a twin's enrolment would shut out the other."""
    chance = Random(f"worse {world.seed}")  # noqa: S311 - the same again
    for hand in sorted(world.scanners):
        if befallen.get(hand) != "clone" and chance.random() < 0.4:  # noqa: PLR2004
            when = chance.uniform(0.15, 0.85) * world.hours * HOUR
            kind = chance.choice([kind for kind in LIVES if kind != "clone"])
            if kind in FORGETFUL and world.faults.has("server restored"):
                continue  # nobody is left who knows what both have forgotten
            world.at(when, partial(_befalls, world, hand, kind))


def _befalls(world: World, hand: int, kind: str) -> None:
    world.injected[kind] += 1
    ONCE[kind](world, world.scanners[hand][0])
