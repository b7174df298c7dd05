"""A tour with a sled: the trigger held at the dock and in a bin, and a thing that is looked for."""

from playwright.sync_api import expect

from tests.e2e.scanner import ECHO_MS
from tests.e2e.sled import BLANK, burst, tag
from tests.e2e.tour import TEA, FloorTour
from tests.e2e.wedge import Wedge


def with_a_sled(tour: FloorTour, place: str, goods: str) -> None:
    """Read goods that are known here, goods that nobody expects, and a tag nobody has written."""
    scanner = tour.scanner
    read = [*(tag(goods, n) for n in range(1, 8)), *(tag(TEA, n) for n in range(1, 4)), BLANK]
    scanner.door("count")
    scanner.scan(place, f"Count {place}")
    _sweep(tour, "count", read)
    scanner.tap("primary")
    scanner.door("receive")
    scanner.scan("PO-1002", "Order PO-1002")
    _sweep(tour, "receive", read)
    scanner.door("lookup")
    scanner.scan(read[0])
    scanner.tap("action-find")
    Wedge(scanner.page).injects(f"{read[0]};-52")
    expect(scanner.at("near")).to_contain_text("%")
    tour.see("sweep-find")
    scanner.tap("back")


def _sweep(tour: FloorTour, flow: str, tags: list[str]) -> None:
    """Wait until the screen has counted every tag once."""
    tour.scanner.page.wait_for_timeout(ECHO_MS)
    burst(tour.scanner, *tags)
    tour.scanner.shows("sweep-unique", str(len(tags)))
    tour.see(f"sweep-{flow}")
