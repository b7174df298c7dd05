"""GS1 element strings, as scanned (with separators) and as printed (with brackets)."""

import re

from app.identification.reading import Elements, Refused
from app.identification.tables import IDENTIFIERS
from app.identification.values import check_value, identifier

GS = "\x1d"
_HEAD = re.compile(r"\(([0-9]{2,4})\)")
_VALUE = re.compile(r"(?:[^(\\]|\\\(|\\(?!\())+")


def read_elements(text: str) -> Elements:
    """Split a scanned string; one separator may lead, and follow any value."""
    at = 1 if text.startswith(GS) else 0
    elements = []
    while at < len(text):
        code = _code_at(text, at)
        start = at + len(code)
        end = _end_of_value(code, text, start)
        value = text[start:end]
        check_value(IDENTIFIERS[code], value)
        elements.append((code, value))
        at = end + 1 if text[end : end + 1] == GS else end
    if not elements:
        raise Refused("empty", "There is nothing in this scan.")
    return tuple(elements)


def _code_at(text: str, at: int) -> str:
    for length in (2, 3, 4):
        code = text[at : at + length]
        if code in IDENTIFIERS:
            return code
    raise Refused("unknown_ai", "The scan does not continue with an application identifier.")


def _end_of_value(code: str, text: str, start: int) -> int:
    """Predefined lengths end by themselves, everything else at a separator or the end."""
    ai = IDENTIFIERS[code]
    if ai.predefined:
        return min(start + ai.longest, len(text))
    end = text.find(GS, start)
    return len(text) if end < 0 else end


def read_bracketed(text: str) -> Elements:
    r"""Split the human-readable form; a bracket inside a value is written `\(`."""
    at = 0
    elements = []
    while at < len(text):
        head = _HEAD.match(text, at)
        value = _VALUE.match(text, head.end()) if head else None
        if head is None or value is None:
            raise Refused("brackets", "Brackets do not enclose application identifiers here.")
        code, content = head[1], value[0].replace("\\(", "(")
        check_value(identifier(code), content)
        elements.append((code, content))
        at = value.end()
    return tuple(elements)


def judge_company(elements: Elements) -> tuple[str, ...]:
    """Refuse AIs that may not meet; warn of AIs whose companion is missing."""
    seen: dict[str, str] = {}
    for code, value in elements:
        if seen.setdefault(code, value) != value:
            raise Refused("repeated", f"({code}) occurs twice with different values.")
    for code in seen:
        excludes = IDENTIFIERS[code].excludes
        if not excludes.isdisjoint(seen):
            met = next(other for other in seen if other in excludes)
            raise Refused("exclusive", f"({code}) and ({met}) exclude each other.")
    if all(_has_company(code, seen) for code in seen):
        return ()
    return ("identification.association",)


def _has_company(code: str, seen: dict[str, str]) -> bool:
    return all(
        any(all(not group.isdisjoint(seen) for group in companions) for companions in rule)
        for rule in IDENTIFIERS[code].needs
    )
