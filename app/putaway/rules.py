"""Which bin to propose, and why. Pure."""

from collections.abc import Sequence
from typing import Any

from app.kernel.values import value

REASONS: dict[str, dict[str, str]] = {
    "same_item": {"en": "Same item is here", "es": "Mismo artículo aquí"},
    "empty_near": {"en": "Nearest empty bin", "es": "Hueco vacío más cercano"},
    "choose": {"en": "Choose any bin", "es": "Elija un hueco"},
    "damaged_area": {"en": "Damaged goods go here", "es": "Zona de dañados"},
}


@value
class Bin:
    """A place that could take goods."""

    id: str
    code: str


@value
class Proposal:
    """Where to, and why."""

    place: Bin | None
    why: str
    alternates: tuple[Bin, ...] = ()

    def reason(self) -> dict[str, Any]:
        """Return the reason as handhelds show it."""
        return {"code": self.why, "words": REASONS[self.why]}


def choose(same_item: Sequence[Bin], empty: Sequence[Bin]) -> Proposal:
    """Put like with like; otherwise the nearest empty bin; alternates follow in that order."""
    if same_item:
        return Proposal(same_item[0], "same_item", tuple([*same_item[1:], *empty][:2]))
    if empty:
        return Proposal(empty[0], "empty_near", tuple(empty[1:3]))
    return Proposal(None, "choose")
