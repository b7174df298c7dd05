"""Ten thousand things that may arrive where a code should, the same every time."""

import random
from collections.abc import Callable, Iterator

SEED, CODES = 20_261_122, 10_000
GTIN = "09506000134352"  # right in itself, and nobody's here
MARKUP = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "javascript:alert(1)", "&lt;b&gt;", '"><iframe src=//x>', "{{7*7}}", "${7*7}", "<!--", "]]>",
)  # fmt: skip
SQL = (
    "'; DROP TABLE log; --", "' OR '1'='1", "1; DELETE FROM balance", "\\'; SELECT 1", "%' --",
    "'||(SELECT 1)||'", '"; VACUUM; --', "\x00' OR 1=1", "Robert'); DROP TABLE items;--",
)  # fmt: skip
SHELL = ("$(reboot)", "`id`", "| cat /etc/passwd", "../../etc/passwd", "C:\\con", "%00", "%n%s%x")
TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
STRANGE = "\ufeff\u200b\u200d\u0301\u0000\ufffd\uffff\U0001f4a9\ud7ff\u2028\u2029\u00ad\ue000"
HALVES = "\ud800\udbff\udc00\udfff"  # half a character: no text at all
CONTROL = "".join(map(chr, range(32))) + "\x7f\x80\x9b"
PRINTED = "0123456789ABCXYZabc()-/:.%=?&;<>'\"]^_|~ "

Make = Callable[[random.Random], str]


def _any(dice: random.Random, signs: str, longest: int) -> str:
    return "".join(dice.choices(signs, k=dice.randint(1, longest)))


def _inside(dice: random.Random, what: str) -> str:
    """Hide something in what begins like a code of ours, or of the standards."""
    before = ("", "]C1", "TMP:", "(10)", f"01{GTIN}10", f"https://id.gs1.org/01/{GTIN}/10/", "30")
    return dice.choice(before) + what + dice.choice(("", "\x1d17261231", "\r\n", ")"))


def _broken(dice: random.Random) -> str:
    """Take a good code and damage it."""
    good = dice.choice((f"]C101{GTIN}10LOT\x1d17271231", "3034257BF7194E4000001A85", "TMP:A-01"))
    at = dice.randrange(len(good))
    return good[:at] + dice.choice(CONTROL + TURNS + STRANGE) + good[at + dice.randint(0, 2) :]


def _long(dice: random.Random) -> str:
    return dice.choice(("9", "%", "(10)", "\x1d", "<b>", "\u202e", "[")) * dice.randint(200, 3_000)


MAKERS: tuple[Make, ...] = (
    lambda dice: _inside(dice, dice.choice(MARKUP)),
    lambda dice: _inside(dice, dice.choice(SQL)),
    lambda dice: _inside(dice, dice.choice(SHELL)),
    lambda dice: _inside(dice, _any(dice, CONTROL, 12)),
    lambda dice: _inside(dice, _any(dice, TURNS + "abc", 12)),
    lambda dice: _inside(dice, _any(dice, STRANGE, 6)),
    lambda dice: _inside(dice, _any(dice, HALVES + "A", 6)),
    lambda dice: _any(dice, PRINTED, 60),
    lambda dice: _any(dice, "0123456789", 40),
    lambda dice: _any(dice, "0123456789ABCDEFabcdef", 80),
    _broken,
    _long,
)


def corpus(count: int = CODES) -> Iterator[str]:
    """Yield them one by one."""
    dice = random.Random(SEED)
    for n in range(count):
        made = MAKERS[n % len(MAKERS)](dice)
        # Two halves that meet are a whole character, as in every browser.
        yield made.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
