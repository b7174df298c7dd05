"""Check digits: the GS1 modulo 10, the check pair of model numbers, IBAN, and UPC-E."""

from app.identification.tables import CHARACTERS

_DIGITS = CHARACTERS["N"]
_ALPHANUMERIC = {character: value for value, character in enumerate(CHARACTERS["X"])}
_PAIR = CHARACTERS["pair"]
_PRIMES: tuple[int, ...] = (
    *(2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53),
    *(59, 61, 67, 71, 73, 79, 83, 89, 97),
)


def is_digits(text: str) -> bool:
    """ASCII digits only: `str.isdigit` accepts superscripts and other scripts."""
    return text != "" and not text.strip(_DIGITS)


def check_digit(payload: str) -> str:
    """The GS1 check digit: weights 3 and 1 from the right, complement to ten."""
    odd = sum(map(int, payload[-1::-2]))
    even = sum(map(int, payload[-2::-2]))
    return str(-(3 * odd + even) % 10)


def has_check_digit(digits: str) -> bool:
    return check_digit(digits[:-1]) == digits[-1]


def has_check_pair(text: str) -> bool:
    """GMN: character values weighted with primes from the right, modulo 1021, as a pair."""
    payload, pair = text[:-2], text[-2:]
    if len(pair) != len("XY") or len(payload) > len(_PRIMES):
        return False
    if not all(character in _ALPHANUMERIC for character in payload):
        return False
    total = sum(
        prime * _ALPHANUMERIC[character]
        for prime, character in zip(_PRIMES, reversed(payload), strict=False)
    )
    high, low = divmod(total % 1021, 32)
    return pair == _PAIR[high] + _PAIR[low]


def has_iban_check(text: str) -> bool:
    """ISO 13616: rotate by four, letters as 10..35, the remainder by 97 is 1."""
    rotated = text[4:] + text[:4]
    return int("".join(str(int(character, 36)) for character in rotated)) % 97 == 1


def expand_upc_e(digits: str) -> str | None:
    """UPC-E (number system, six digits, optional check digit) → UPC-A, or None.

    Each number has one suppressed form; a form that another one should have is refused.
    """
    system, body = digits[0], digits[1:7]
    if system not in "01":
        return None
    full = _unsuppressed(body)
    if full is None:
        return None
    payload = system + full
    check = check_digit(payload)
    if len(digits) == len("01234565") and digits[-1] != check:
        return None
    return payload + check


def _unsuppressed(body: str) -> str | None:
    last = body[5]
    if last in "012":
        return f"{body[:2]}{last}0000{body[2:5]}"
    if last == "3":
        return None if body[2] in "012" else f"{body[:3]}00000{body[3:5]}"
    if last == "4":
        return None if body[3] == "0" else f"{body[:4]}00000{body[4]}"
    return None if body[4] == "0" else f"{body[:5]}0000{last}"
