"""A scan whose separators were lost: syntax cannot repair it, knowledge of the label can."""

from collections.abc import Iterator, Sequence

from app.identification.elements import GS, judge_company
from app.identification.reading import Elements, Refused
from app.identification.tables import IDENTIFIERS
from app.identification.values import check_value


def split_without_separators(text: str, codes: Sequence[str]) -> tuple[Elements, ...]:
    """Every way to read the text as exactly these AIs in this order; one is an answer.

    `codes` is what is known of the label of an item or supplier, such as 01, 10, 17.
    """
    text = text.replace(GS, "")
    if len(set(codes)) != len(codes) or any(code not in IDENTIFIERS for code in codes):
        return ()
    return tuple(found for found in _splits(text, tuple(codes)) if _keeps_company(found))


def _splits(text: str, codes: tuple[str, ...]) -> Iterator[Elements]:
    if not codes:
        if not text:
            yield ()
        return
    code, later = codes[0], codes[1:]
    if not text.startswith(code):
        return
    ai, rest = IDENTIFIERS[code], text[len(code) :]
    for length in range(ai.shortest, min(ai.longest, len(rest)) + 1):
        if (later or length == len(rest)) and _allows(code, rest[:length]):
            for tail in _splits(rest[length:], later):
                yield ((code, rest[:length]), *tail)


def _allows(code: str, value: str) -> bool:
    try:
        check_value(IDENTIFIERS[code], value)
    except Refused:
        return False
    return True


def _keeps_company(elements: Elements) -> bool:
    try:
        judge_company(elements)
    except Refused:
        return False
    return True
