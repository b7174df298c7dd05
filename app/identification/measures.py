"""Weights, lengths and volumes: the last digit of the AI says where the decimal point is."""

from dataclasses import dataclass
from decimal import Decimal

from app.identification.reading import Elements
from app.identification.tables import UNITS


@dataclass(frozen=True, slots=True)
class Measure:
    """An amount in a unit of UN/ECE Recommendation 20, with the decimals that were scanned."""

    ai: str
    amount: Decimal
    unit: str


def measures(elements: Elements) -> tuple[Measure, ...]:
    """The measures among these elements: ("3103", "001750") is 1.750 KGM."""
    return tuple(
        Measure(code, Decimal(value).scaleb(-int(code[3])), UNITS[code[:3]])
        for code, value in elements
        if len(code) == len("3103") and code[:3] in UNITS
    )
