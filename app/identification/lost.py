"""A scan whose separators may be lost: read by what is known of the label, else every candidate.

Syntax alone cannot tell `10 L7 | 17 261231` from the lot `L717261231`. Where it is known which
AIs stand on the label, in which order, that decides; otherwise nobody guesses.
"""

from collections.abc import Iterator, Sequence

from app.identification.elements import GS
from app.identification.reading import Elements, Identified, Refused
from app.identification.router import identify, normalise
from app.identification.separators import split_without_separators
from app.identification.summary import summarise

_OPEN_ENDED = ("10", "21")
_DATES = ("11", "13", "15", "17")
_DATE_LENGTH = len("17261231")


def candidates(
    data: str, symbology: str | None = None, codes: Sequence[str] | None = None
) -> tuple[Identified, ...]:
    """Every reading of a scan; `codes` are the AIs that its label is known to bear, in order."""
    found = identify(data, symbology)
    if not found.ok or found.kind != "gs1":
        return (found,)
    text = normalise(data, symbology)[0].removeprefix(GS)
    if GS in text or text.startswith("("):
        return (found,)
    if codes:
        known = split_without_separators(text, codes)
        return tuple(summarise("gs1", elements) for elements in known) or (found,)
    return (found, *_with_a_date_behind(found.ais))


def _with_a_date_behind(elements: Elements) -> Iterator[Identified]:
    """A lot or serial that ends like a date element may be one that swallowed it."""
    code, value = elements[-1]
    kept, tail = value[:-_DATE_LENGTH], value[-_DATE_LENGTH:]
    if code not in _OPEN_ENDED or not kept or tail[:2] not in _DATES:
        return
    text = "".join(ai + content for ai, content in (*elements[:-1], (code, kept))) + tail
    codes = [*(ai for ai, _ in elements), tail[:2]]
    for split in split_without_separators(text, codes):
        if split[-2] == (code, kept):
            try:
                yield summarise("gs1", split)
            except Refused:
                continue
