"""Play one seed: the day with its faults, then healing; nothing is judged here."""

from collections.abc import Container
from dataclasses import dataclass, field, replace
from functools import partial
from random import Random

from app.proving.simulate import closing, cores, mishaps, settled, supervision
from app.proving.simulate import faults as drawing
from app.proving.simulate.core import Core
from app.proving.simulate.deeds import HIDDEN, SALT, Deed, Finish, Line, Pile
from app.proving.simulate.desk import Desk
from app.proving.simulate.evidence import Written, written
from app.proving.simulate.hardships import hardships
from app.proving.simulate.journals import Journal
from app.proving.simulate.premises import Premises
from app.proving.simulate.truth import HOUR, MINUTE, Truth, drawn
from app.proving.simulate.world import World

SESSIONS = 6  # of a handheld in a shift, about
ROUNDS = 40  # after which healing has failed
DEVICES, OPERATIONS, LEAST = (2, 6), (95, 145), 108


@dataclass
class Played:
    """A seed after healing."""

    seed: int
    world: World
    desk: Desk
    halfway: Written | None = None
    unhealed: list[str] = field(default_factory=list)

    def called_off(self, rows: Container[str]) -> set[int]:
        """What did not happen, says somebody whose word has arrived."""
        world = self.world
        said = (world.truth.deeds[n].void for n, told in world.recorded.items() if told in rows)
        return {cause for cause in said if cause is not None} | self.desk.voided

    def arrived(self, rows: Container[str]) -> list[Deed]:
        """Every deed that is stored, less what was called off."""
        off, world = self.called_off(rows), self.world
        return [
            world.truth.deeds[n]
            for n, told in world.recorded.items()
            if told in rows and n not in off
        ]


def play(
    place: Premises, seed: int, devices: int | None, hours: float, core: str = "python"
) -> Played:
    """Play a seed on a fresh database; the caller has put the server in charge of time."""
    place.fresh()
    cores.begin(core, seed)
    chance = Random(f"world {seed}")  # noqa: S311 - the same world for everybody
    hands = devices or chance.randint(*DEVICES)
    truth = _drawn(seed, hands, hours, chance.randint(*OPERATIONS))
    names = replace(place.furnished.names, seed=seed)
    world = World(
        place.server, place.furnished, names, truth, drawing.drawn(seed, hours), hours, chance,
        core, seed,
    )  # fmt: skip
    played = Played(seed, world, Desk(world))
    with hardships(place, world, played.desk) as server:
        _begin(played)
        server.plan()
        world.run()
    if server.restored:
        played.halfway = None  # of a log that is gone
    heal(played)
    return played


def _drawn(seed: int, hands: int, hours: float, operations: int) -> Truth:
    """Draw a shift in which there is enough to do for the seed to count."""
    truth = drawn(seed, hands, hours, operations)
    while len(truth.deeds) < LEAST:
        operations += 25
        truth = drawn(seed, hands, hours, operations)
    return truth


def _begin(played: Played) -> None:
    world = played.world
    end = world.hours * HOUR
    for hand in range(world.truth.hands):
        enrolled = world.furnished.handhelds[hand]
        world.scanners[hand] = [mishaps.handheld(world, hand, enrolled)]
        _away(world, hand, end)
        when = 0.0
        while (when := when + world.chance.uniform(0.2, 1.8) * end / SESSIONS) < end:
            world.at(when, partial(_session, world, hand))
    last: dict[int, float] = {}
    for deed in world.truth.deeds:
        world.at(deed.at, partial(_gesture, world, deed.n, last.get(deed.hand, 0)))
        last[deed.hand] = deed.at
    mishaps.befall(world)
    played.desk.shift(end)
    closing.plan(world)
    world.at(end / 2, partial(_half_time, played))
    _counts_the_poison(world, round(world.chance.uniform(0.1, 0.9) * end))


def _counts_the_poison(world: World, at: int) -> None:
    """Somebody counts a bin of which only the book knows how much it holds; nobody approves it."""
    deeds = world.truth.deeds
    sheet, pile = len(deeds), Pile(HIDDEN, SALT, "")
    line = Line(sheet, HIDDEN, pile, None, 7)
    deeds.append(Deed(sheet, at, 0, "count_line", line=line))
    finish = Finish(sheet, HIDDEN, empty=False)
    deeds.append(Deed(sheet + 1, at + MINUTE, 0, "finish_bin", finish=finish))
    world.decided.add(sheet)
    for deed in deeds[sheet:]:
        world.at(deed.at, partial(_gesture, world, deed.n, deed.at))


def _away(world: World, hand: int, end: float) -> None:
    """Draw when there is no network around somebody."""
    if not world.faults.has("offline"):
        return
    windows = []
    for _ in range(world.chance.randint(1, 3)):
        begins = world.chance.uniform(0, end)
        ends = begins + min(world.chance.expovariate(1 / (2 * HOUR)), 12 * HOUR)
        windows.append((begins, ends))
        world.at(ends + 1_000, partial(_session, world, hand))
        world.injected["offline"] += 1
    world.offline[hand] = windows


def _session(world: World, hand: int) -> None:
    for scanner in world.scanners[hand][:1]:
        mishaps.sign_off(world, scanner)
        world.session(scanner)


def _gesture(world: World, n: int, since: float) -> None:
    deed = world.truth.deeds[n]
    for scanner in world.scanners[deed.hand]:
        mishaps.clocks(world, scanner, since)
    if world.faults.hits("user switch", 0.05) or world.faults.hits("cold start", 0.05):
        for scanner in world.scanners[deed.hand]:
            mishaps.people(world, scanner, world.furnished.handhelds[deed.hand])
    world.gesture(deed)


def _half_time(played: Played) -> None:
    played.halfway = written(played.world.server)


# --- healing ----------------------------------------------------------------------------------


def heal(played: Played, approving: float = 0.4) -> None:
    """Connect everybody, enrol whom it takes, drain every queue, fetch for the last time."""
    world = played.world
    world.faults.calm, world.offline = True, {}
    world.now = max(world.now, world.hours * HOUR) + MINUTE
    if world.faults.has("lease expired"):
        world.now += 14 * HOUR  # longer than anybody may keep a walk
        world.injected["lease expired"] += settled.expire(world)
    for _ in range(ROUNDS):
        for scanner in world.all():
            _drain(world, scanner)
        if not any(scanner.waits for scanner in world.all()):
            break
    supervision.leave_out(world)
    _decide_the_rest(played, approving)
    _last_word(world)
    for scanner in world.all():
        if scanner.waits:
            played.unhealed.append(f"{scanner.label}: {scanner.pending} operations unsent")
        strange = scanner.refused + scanner.inspect()
        played.unhealed += [f"{scanner.label}: {text}" for text in strange]


def ask_everything_again(world: World) -> None:
    """Push everything once more: the same answers (S4)."""
    for scanner in world.all():
        for journal in scanner.history():
            ask_again(world, scanner, journal)


def _decide_the_rest(played: Played, approving: float) -> None:
    """What was kept takes effect, and some counts are approved."""
    world = played.world
    played.desk.put_right()
    for sheet in played.desk.ready():
        if world.chance.random() < approving:
            played.desk.approve(sheet)


def _last_word(world: World) -> None:
    """Everybody hears of it, and says that nothing is left; so do those whom nobody held today."""
    for _ in range(3):  # some fetch first, some hear only then that they have a twin
        world.now += MINUTE + 1_000  # of silence, after which a heartbeat comes first
        for scanner in world.all():
            scanner.parks(wanted=False)
            _drain(world, scanner)
    for n, enrolled in enumerate(world.furnished.handhelds):
        if n not in world.scanners:
            idle = mishaps.idle(world, enrolled)
            world.serve(idle.push_of(idle.journals[-1], 0))


def _drain(world: World, scanner: Core) -> None:
    """One session without a network to speak of."""
    if scanner.asked:
        world.invite(scanner)
    scanner.begin()
    for _ in range(10 * ROUNDS):
        world.now += 40
        world.server.now_ms = world.now
        ask = scanner.next_ask(world.now)
        if ask is None:
            return
        world.now += 40
        world.server.now_ms = world.now
        status, answer = world.serve(ask)
        if not scanner.hear(world.now, ask, status, answer):
            return


def ask_again(world: World, scanner: Core, journal: Journal) -> None:
    """Push what was answered once more: the same answers, by `World.heard` (S4)."""
    if not journal.sent or journal.device != scanner.id:
        return
    scanner.clock.at = world.now
    for first in range(0, journal.sent, 200):
        upto = min(first + 200, journal.sent)
        part = Journal(journal.device, journal.epoch, journal.queue[:upto], first)
        ask = scanner.push_of(part, 200)
        status, answer = world.serve(ask)
        if status != 200 or answer is None:  # noqa: PLR2004
            world.broken.append(f"S4 {scanner.label} epoch {journal.epoch}: {status} {answer}")
        elif not all(each["duplicate"] for each in answer["results"]):
            world.broken.append(f"S4 {scanner.label} epoch {journal.epoch}: not all repeated")
