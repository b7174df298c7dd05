"""“A-01-1 … A-12-6”: every number and every single letter runs from its first to its last. Pure."""

import re
from itertools import islice, product

PART = re.compile(r"\d+|[A-Za-z](?![A-Za-z])|[^\dA-Za-z]+|[A-Za-z]{2,}")
MOST = 2_000  # labels at a time; ranges make several


def expand(first: str, last: str) -> tuple[str, ...] | None:
    """All codes from first to last, part by part; None where the two are not built alike.

    `MOST` + 1 codes mean that there are more.
    """
    pairs = list(zip(PART.findall(first), PART.findall(last), strict=False))
    if len(pairs) != len(PART.findall(first)) or len(pairs) != len(PART.findall(last)):
        return None
    choices = [_between(low, high) for low, high in pairs]
    found = [each for each in choices if each is not None]
    if len(found) != len(choices):
        return None
    return tuple("".join(parts) for parts in islice(product(*found), MOST + 1))


def _between(low: str, high: str) -> list[str] | None:
    if low == high:
        return [low]
    if low.isdigit() and high.isdigit() and int(low) <= int(high):
        last = min(int(high), int(low) + MOST)
        padded = len(low) if len(low) == len(high) or low.startswith("0") else 0
        return [f"{n:0{padded}d}" for n in range(int(low), last + 1)]
    single = len(low) == len(high) == 1 and low.isalpha() and high.isalpha()
    if single and low.isupper() == high.isupper() and low <= high:
        return [chr(n) for n in range(ord(low), ord(high) + 1)]
    return None
