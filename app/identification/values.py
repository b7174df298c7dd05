"""Whether the value of an AI is one its format allows, part by part, rule by rule."""

from collections.abc import Callable

from app.identification.check_digits import (
    has_check_digit,
    has_check_pair,
    has_iban_check,
    is_digits,
)
from app.identification.coupons import is_coupon, is_offer
from app.identification.dates import is_date, is_date_or_month, is_long_date
from app.identification.reading import Refused
from app.identification.tables import (
    COUNTRIES,
    COUNTRY_CODES,
    CURRENCIES,
    IDENTIFIERS,
    MEDIA_TYPES,
    PACKAGE_TYPES,
    ApplicationIdentifier,
    Part,
)

_HEX = frozenset("0123456789ABCDEFabcdef")
_IMPORTER = frozenset("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")


def _is_time(digits: str) -> bool:
    return int(digits[:2]) < 24 and int(digits[2:]) < 60  # noqa: PLR2004 - a clock


def _is_escaped(text: str) -> bool:
    return all(
        len(piece) >= len("4A") and piece[0] in _HEX and piece[1] in _HEX
        for piece in text.split("%")[1:]
    )


def _is_piece(digits: str) -> bool:
    return 0 < int(digits[:2]) <= int(digits[2:])


def _is_sequence(text: str) -> bool:
    first, last = text[0], text[2]
    return text[1] == "/" and first in "123456789" and last in "123456789" and first <= last


def _is_iban(text: str) -> bool:
    country, check = text[:2], text[2:4]
    if not (text.isalnum() and text == text.upper() and country in COUNTRY_CODES):
        return False
    return len(text) > len("BE71") and is_digits(check) and has_iban_check(text)


def _is_base64url(text: str) -> bool:
    return "=" not in text.rstrip("=") and len(text) - len(text.rstrip("=")) <= len("==")


_RULES: dict[str, tuple[str, Callable[[str], bool]]] = {
    "check": ("check_digit", has_check_digit),
    "check_pair": ("check_digit", has_check_pair),
    "prefix1": ("company_prefix", lambda text: len(text) > 3 and is_digits(text[:4])),  # noqa: PLR2004
    "prefix2": ("company_prefix", lambda text: is_digits(text[1:5])),
    "date": ("date", is_date),
    "date0": ("date", is_date_or_month),
    "long_date": ("date", is_long_date),
    "time": ("date", _is_time),
    "hour": ("date", lambda digits: int(digits) < 24),  # noqa: PLR2004 - a clock
    "minute": ("date", lambda digits: int(digits) < 60),  # noqa: PLR2004 - a clock
    "second": ("date", lambda digits: int(digits) < 60),  # noqa: PLR2004 - a clock
    "country": ("code_list", COUNTRIES.__contains__),
    "country_or_999": ("code_list", lambda digits: digits == "999" or digits in COUNTRIES),
    "country2": ("code_list", COUNTRY_CODES.__contains__),
    "currency": ("code_list", CURRENCIES.__contains__),
    "media": ("code_list", MEDIA_TYPES.__contains__),
    "package": ("code_list", PACKAGE_TYPES.__contains__),
    "sex": ("code_list", lambda digit: digit in "0129"),
    "winding": ("code_list", lambda digit: digit in "019"),
    "importer": ("charset", _IMPORTER.__contains__),
    "escaped": ("value", _is_escaped),
    "minus": ("value", lambda text: text == "-"),
    "flag": ("value", lambda digit: digit in "01"),
    "zero": ("value", lambda digits: not digits.strip("0")),
    "nonzero": ("value", lambda digits: bool(digits.strip("0"))),
    "piece": ("value", _is_piece),
    "sequence": ("value", _is_sequence),
    "latitude": ("value", lambda digits: int(digits) <= 1_800_000_000),  # noqa: PLR2004
    "longitude": ("value", lambda digits: int(digits) <= 3_600_000_000),  # noqa: PLR2004
    "iban": ("check_digit", _is_iban),
    "no_leading_zero": ("value", lambda digits: digits == "0" or digits[0] != "0"),
    "not_all_digits": ("value", lambda text: not is_digits(text)),
    "coupon": ("value", lambda digits: is_digits(digits) and is_coupon(digits)),
    "offer": ("value", lambda digits: is_digits(digits) and is_offer(digits)),
}


def identifier(code: str) -> ApplicationIdentifier:
    """The AI with this number."""
    found = IDENTIFIERS.get(code)
    if found is None:
        raise Refused("unknown_ai", f"There is no application identifier {code}.")
    return found


def check_value(ai: ApplicationIdentifier, value: str) -> None:
    """Refuse a value its AI does not allow."""
    if not ai.shortest <= len(value) <= ai.longest:
        raise Refused("length", f"({ai.code}) does not have {len(value)} characters.")
    at = 0
    for part in ai.parts:
        piece = value[at : at + part.longest]
        if not piece and part.optional:
            break
        _check_part(ai.code, part, piece)
        at += len(piece)


def _check_part(code: str, part: Part, piece: str) -> None:
    if piece.strip(part.characters):
        raise Refused("charset", f"({code}) holds a character it may not.")
    if len(piece) < part.shortest:
        raise Refused("length", f"({code}) is incomplete.")
    if part.charset == "Z" and not _is_base64url(piece):
        raise Refused("charset", f"({code}) is not base64url.")
    for rule in part.rules:
        problem, holds = _RULES[rule]
        if not holds(piece):
            raise Refused(problem, f"({code}) is not valid: {rule.replace('_', ' ')}.")
