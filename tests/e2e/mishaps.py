"""What can happen to a handheld in the middle of its work, one function a kind."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from random import Random

from playwright.sync_api import Error, expect

from tests.e2e.hearing import OK, STOPPED, UNSAVED
from tests.e2e.rig import Rig
from tests.e2e.scanner import ECHO_MS

GOODS = ("Desk lamp", "Wool blanket", "Ceramic mug white", "Kitchen knife", "Toolbox")
MOMENTS_MS = (0, 1, 2, 4, 8, 15, 30, 60, 120)  # after the last key of a scan
FEW = 3
QUOTA_TRIES, QUOTA_PAUSE_MS = 20, 3_000

Mishap = Callable[[Rig, Random], None]


def some(rig: Rig, chance: Random, most: int = FEW) -> None:
    """Scan a few goods; every one of them is answered with ok."""
    for _ in range(chance.randint(1, most)):
        noted(rig, chance.choice(GOODS))


def noted(rig: Rig, goods: str) -> None:
    """Scan goods until ok is said, once more if the screen stopped it, as a hand would.

    On a machine that is busy keys come with pauses between them, and a label in two pieces.
    """
    answer = rig.note(goods)
    if answer in STOPPED:
        rig.torn.append(rig.scene())
        rig.page.wait_for_timeout(ECHO_MS)
        answer = rig.note(goods)
    assert answer == OK, f"{answer}: {rig.scene()}"


def on_the_wire(turn: str, *, strikes: bool) -> Mishap:
    """Scan while the wire is broken in some way, and see pushes meet it."""

    def mishap(rig: Rig, chance: Random) -> None:
        some(rig, chance)
        getattr(rig.wire, turn)()
        some(rig, chance)
        if strikes:
            rig.wire.wait_until_it_struck()
        some(rig, chance)

    return mishap


def wire_flickers(rig: Rig, chance: Random) -> None:
    """One fault after the other, a scan or two in each."""
    turns = ["cut", "stall", "lose_answers", "tear_answers", "say_half", "close_half", "mend"]
    for turn in chance.sample(turns, 4):
        getattr(rig.wire, turn)()
        some(rig, chance, 2)


def browser_killed(rig: Rig, chance: Random) -> None:
    """The power goes right after a scan, with the wire up, cut or dead."""
    some(rig, chance)
    getattr(rig.wire, chance.choice(["mend", "cut", "stall", "lose_answers"]))()
    told = rig.in_a_hurry(chance.choice(GOODS), chance.choice(MOMENTS_MS))
    rig.kill()
    rig.again()
    told()


def renderer_crashed(rig: Rig, chance: Random) -> None:
    """The page's process dies; the browser stays."""
    some(rig, chance)
    getattr(rig.wire, chance.choice(["mend", "cut"]))()
    told = rig.in_a_hurry(chance.choice(GOODS), chance.choice(MOMENTS_MS))
    crashed = rig.page
    rig.crash(crashed)
    rig.other_page()
    told()
    with suppress(Error):
        crashed.close()


def disk_full(rig: Rig, chance: Random) -> None:
    """No room: nothing is said to be saved that is not; with room again, work goes on."""
    some(rig, chance)
    if chance.random() < 0.5:
        rig.wire.cut()
    cable = rig.page.context.new_cdp_session(rig.page)  # the quota lasts as long as this does
    cable.send("Storage.overrideQuotaForOrigin", {"origin": rig.origin, "quotaSize": 1})
    for _ in range(QUOTA_TRIES):  # the browser believes for half a minute what it had measured
        rig.page.wait_for_timeout(QUOTA_PAUSE_MS)
        if rig.note(chance.choice(GOODS)) == UNSAVED:
            break
    expect(rig.scanner.at("not-saved")).to_be_visible()
    before = rig.journalled()
    rig.in_a_hurry(chance.choice(GOODS), 500)()
    assert rig.journalled() == before
    cable.send("Storage.overrideQuotaForOrigin", {"origin": rig.origin})
    cable.detach()
    some(rig, chance)
    expect(rig.scanner.at("not-saved")).to_have_count(0)


def storage_evicted(rig: Rig, chance: Random) -> None:
    """The browser throws the database away; what was not sent is lost, and declared so."""
    rig.heal()
    rig.to_bin("D-08-3")
    rig.wire.cut()
    before, lost = rig.gaps(), set(rig.said)
    some(rig, chance)
    lost = set(rig.said) - lost
    rig.page.goto("about:blank")  # browsers evict what nobody is using
    rig.tell(
        "Storage.clearDataForOrigin",
        origin=rig.origin,
        storageTypes="indexeddb,cache_storage,service_workers",
    )
    rig.wire.mend()
    rig.open()
    expect(rig.scanner.at("instruction")).to_have_text("Scan the enrolment code")
    witness = rig.page.evaluate("() => localStorage.getItem('tallyman.device')")
    rig.watch.complaints.clear()  # a page whose database is pulled away may say so
    rig.join()
    rig.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    rig.scanner.drained()
    gaps = {name: told for name, told in rig.gaps().items() if name not in before}
    assert gaps, f"{len(lost)} lost, and nobody was told; the page remembered {witness}"
    rig.declared |= lost


def two_tabs(rig: Rig, chance: Random) -> None:
    """Two tabs of one handheld work at once; one of them is closed, or dies."""
    first = rig.page
    rig.other_page()
    rig.scanner.door("move")
    for turn in (chance.choice(["cut", "mend", "stall"]), "mend"):
        rig.scanner.scan("DOCK-1", "From DOCK-1")
        label = rig.label(chance.choice(GOODS))
        rig.scanner.scan(label, "Scan the new place")
        getattr(rig.wire, turn)()
        before = rig.now()
        rig.scanner.scan("D-08-2")
        assert rig.waited(label, before) == OK
        second, rig.scanner.page = rig.page, first
        some(rig, chance)
        rig.scanner.page = second
    if chance.random() < 0.5:
        rig.crash(second)
    with suppress(Error):
        second.close()
    rig.scanner.page = first
    if first.is_closed() or not alive(rig):
        rig.other_page()


def alive(rig: Rig) -> bool:
    """Tell whether the page still answers."""
    try:
        return bool(rig.page.evaluate("() => true"))
    except Error:
        return False


def app_updated(rig: Rig, chance: Random) -> None:
    """A new version comes in the middle of a count, and takes over after it."""
    some(rig, chance)
    rig.publish()
    rig.scanner.reload()
    rig.scanner.next_release_is_here()
    if chance.random() < 0.7:
        rig.wire.cut()
    rig.scanner.shows("instruction", "Scan what is here")
    some(rig, chance)
    rig.finish()
    rig.page.locator("button[data-test=home]").tap()
    if chance.random() < 0.3:
        rig.scanner.tap("update")
        rig.kill()
        rig.again()
        return
    with rig.page.expect_navigation():
        rig.scanner.tap("update")
    expect(rig.scanner.at("home")).to_be_visible()


def server_killed(rig: Rig, chance: Random) -> None:
    """The server dies under a push and comes back."""
    some(rig, chance)
    told = rig.in_a_hurry(chance.choice(GOODS), chance.choice(MOMENTS_MS))
    rig.server.kill()
    told()
    some(rig, chance)
    rig.server.start()


MISHAPS: Mapping[str, tuple[Mishap, int]] = {
    "cut": (on_the_wire("cut", strikes=False), 4),
    "stalled": (on_the_wire("stall", strikes=False), 4),
    "answer lost": (on_the_wire("lose_answers", strikes=True), 4),
    "answer torn": (on_the_wire("tear_answers", strikes=True), 4),
    "half said": (on_the_wire("say_half", strikes=True), 4),
    "half closed": (on_the_wire("close_half", strikes=True), 4),
    "said twice": (on_the_wire("repeat", strikes=True), 4),
    "captive": (on_the_wire("captivate", strikes=True), 3),
    "flickers": (wire_flickers, 4),
    "browser killed": (browser_killed, 12),
    "renderer crashed": (renderer_crashed, 10),
    "disk full": (disk_full, 6),
    "evicted": (storage_evicted, 5),
    "two tabs": (two_tabs, 6),
    "updated": (app_updated, 6),
    "server killed": (server_killed, 4),
}
