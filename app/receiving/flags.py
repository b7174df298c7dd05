"""Contradictions of a delivery that nothing later explains away."""

from dataclasses import dataclass

from app.pipeline.exceptions import Contradiction


@dataclass(eq=False)
class NotOrdered(Contradiction):
    """Nobody asked for this."""

    code = "not_ordered"


@dataclass(eq=False)
class AsnChanged(Contradiction):
    """The announced contents are not what the receiver's handheld knew."""

    code = "asn_changed"


def not_ordered(subject: str) -> NotOrdered:
    """Flag goods or a unit that came without a document."""
    return NotOrdered(family="receipt", subject=subject)


def asn_changed(lpn: str) -> AsnChanged:
    """Flag a pallet whose announcement changed behind the receiver's back."""
    return AsnChanged(family="unit", subject=lpn)
