"""S14: one operation that goes wrong in an unforeseen way harms no other."""

from dataclasses import dataclass, field, replace

import pytest

from app.kernel.ids import derived
from app.pipeline.floor import Floor
from app.pipeline.goods import Scan
from app.pipeline.operation import Kind, Operation, Outcome, Unresolved
from tests.properties import hands
from tests.warehouse import TEA, Warehouse


@dataclass(frozen=True, slots=True)
class Explode:
    """Payload of a gesture that goes wrong in a way nobody thought of."""

    how: str
    scans: tuple[Scan, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Exploded:
    """An event whose subscriber goes wrong."""


def explode(floor: Floor, operation: Operation[Explode]) -> Outcome:
    if operation.payload.how == "at once":
        raise ZeroDivisionError
    return Outcome(events=(Exploded(),))


def go_wrong(floor: Floor, operation: Operation[Explode], event: Exploded) -> None:
    raise Unresolved(entity="place", id="nowhere")


class TestPoison:
    @pytest.mark.parametrize("how", ["at once", "later"])
    def test_s14_a_poisoned_operation_changes_nothing_for_others(
        self, site: Warehouse, how: str
    ) -> None:
        kind = Kind("receiving.explode", Explode, explode, fact=True, roles=frozenset())
        book = site.playbook
        site.app.extensions["tallyman_playbook"] = replace(
            book,
            kinds={**book.kinds, (kind.name, 1): kind},
            subscribers={**book.subscribers, Exploded: (go_wrong,)},
        )
        device = site.handheld()
        for n in range(1, 4):
            hands.lay(site, device, TEA, n, "A-01")
            device.record("receiving.explode", {"how": how, "scans": []})
        device.push()

        assert [code for _, (code, *_) in sorted(hands.answers(device).items())] == [
            "flagged", "exception",
        ] * 3  # fmt: skip
        assert hands.answers(device)[2] == ("exception", ("sync.internal",))
        assert site.on_hand(TEA, "A-01") == 6
        assert device.sent == 6
        poisoned = [row for row in hands.log() if row.codes == ["sync.internal"]]
        assert len(poisoned) == 3
        assert all(row.detail for row in poisoned)  # names its trace
        subject = derived(site.site, f"sync.internal|{device.id}|1|2")
        decided = site.ask(
            "exceptions.resolve", {"exception": subject, "resolution": "accept", "note": None}
        )
        assert decided.outcome == "applied"
