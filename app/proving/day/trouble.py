"""The seeded trouble of a day; the model hears of all of it, the product of nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from random import Random

from app.proving.day.scenario import Load, Truck

DAMAGED, MISSING, MISCOUNTED, ANSWERS_LOST = 0.02, 0.03, 0.10, 0.05
OVER_RECEIPTS, WRONG_PUT_AWAYS, MOVED_UNTOLD, COUNTED = 5, 3, 4, 40


@dataclass
class Trouble:
    """Which put-aways go wrong, by their number, and dice for the rest."""

    chance: Random
    wrong: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    stored: int = 0
    lost_at: list[str] = field(default_factory=list)  # places: goods go missing unseen
    wrong_at: list[str] = field(default_factory=list)  # places: told and true, of wrong put-aways

    @classmethod
    def drawn(cls, seed: int, put_aways: int) -> "Trouble":
        """Draw what will go wrong while goods are put away."""
        chance = Random(f"trouble {seed}")  # noqa: S311 - the same trouble for everybody
        missing = ceil(put_aways * MISSING)
        chosen = chance.sample(range(put_aways), min(WRONG_PUT_AWAYS + missing, put_aways))
        wrong, rest = chosen[:WRONG_PUT_AWAYS], chosen[WRONG_PUT_AWAYS:]
        return cls(chance, frozenset(wrong), frozenset(rest))

    def next_put_away(self) -> tuple[bool, bool]:
        """Tell of the next put-away whether it goes wrong, and whether something is lost."""
        n = self.stored
        self.stored += 1
        return n in self.wrong, n in self.missing

    def lost_of(self, quantity: int) -> int:
        """Draw how much goes missing of a pile."""
        return self.chance.randint(1, max(quantity // 3, 1))

    def answer_lost(self) -> bool:
        """Tell whether the network swallows an answer."""
        return self.chance.random() < ANSWERS_LOST

    def miscounted(self, places: Sequence[str]) -> set[str]:
        """Choose the bins in which a piece is overlooked."""
        return set(self.chance.sample(places, min(ceil(COUNTED * MISCOUNTED), len(places))))


def troubled(seed: int, trucks: Sequence[Truck]) -> list[Truck]:
    """Break some cartons, and let a few suppliers send more than was asked for."""
    chance = Random(f"trucks' trouble {seed}")  # noqa: S311 - the same trouble for everybody
    cartons = [load for truck in trucks for load in truck.loose]
    over = chance.sample(cartons, min(OVER_RECEIPTS, len(cartons)))
    rest = [load for load in cartons if load not in over and load.good > 1]
    broken = chance.sample(rest, min(ceil(len(cartons) * DAMAGED), len(rest)))
    changed = {load: replace(load, good=load.good + chance.randint(1, 6)) for load in over}
    for load in broken:
        damaged = chance.randint(1, max(load.good // 4, 1))
        changed[load] = replace(load, good=load.good - damaged, damaged=damaged)
    return [
        Truck(truck.number, tuple(changed.get(load, load) for load in truck.loads))
        for truck in trucks
    ]


def put_aways(trucks: Sequence[Truck]) -> int:
    """Count what will be brought to a bin."""
    return sum(len(truck.loads) for truck in trucks)


__all__ = ["Load", "Trouble", "put_aways", "troubled"]
