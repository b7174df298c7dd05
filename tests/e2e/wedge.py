"""The ways in which scanners that type bring a code to the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.scanner import ENTER, all_at_once

Stroke = dict[str, object]

ALT, CONTROL, SHIFT = 1, 2, 8
TAB = {"code": "Tab", "windowsVirtualKeyCode": 9}
SUFFIXES: dict[str, Stroke] = {"Enter": {**ENTER}, "Tab": {**TAB}}
GS = "\x1d"
UNKNOWN_KEY = {"key": "Unidentified", "windowsVirtualKeyCode": 229}


def pressed(key: str, **more: object) -> list[Stroke]:
    """Press a key and let it go."""
    down = {"type": "keyDown", "key": key, **SUFFIXES.get(key, {}), **more}
    if len(key) == 1 and "modifiers" not in more:
        down["text"] = key
    return [down, {"type": "keyUp", "key": key, **more}]


def held(modifier: str, bit: int, keys: list[Stroke]) -> list[Stroke]:
    """Press keys while a modifier is held down."""
    down = {"type": "rawKeyDown", "key": modifier, "modifiers": bit}
    return [down, *keys, {"type": "keyUp", "key": modifier}]


def spelt(text: str, *, separator: str = "control", capitals: str = "plain") -> Iterator[Stroke]:
    """Turn a code into keys; how GS and capitals are written differs between scanners."""
    for character in text:
        if character == GS and separator == "control":
            yield from held("Control", CONTROL, pressed("]", modifiers=CONTROL))
        elif character == GS:
            digits = [stroke for digit in "029" for stroke in pressed(digit, modifiers=ALT)]
            yield from held("Alt", ALT, digits)
        elif character.isupper() and capitals == "shift":
            shifted = pressed(character, modifiers=SHIFT)
            shifted[0]["text"] = character
            yield from held("Shift", SHIFT, shifted)
        else:
            yield from pressed(character)


@dataclass
class Wedge:
    """A scanner plugged into the page, however it speaks."""

    page: Page

    def types(self, *codes: str, suffix: str | None = "Enter", **how: str) -> None:
        """Send keys, all on the cable at once; a suffix after every code."""
        end = pressed(suffix) if suffix else []
        self._send([stroke for code in codes for stroke in [*spelt(code, **how), *end]])

    def injects(self, text: str, *, suffix: str | None = None) -> None:
        """Put the whole text in at once, as an intent of a scanner service does."""
        self.page.keyboard.insert_text(text)
        if suffix:
            self._send(pressed(suffix))

    def composes(self, text: str) -> None:
        """Announce a key nobody knows and commit the text like a soft keyboard."""
        cable = self.page.context.new_cdp_session(self.page)
        cable.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **UNKNOWN_KEY})
        composing = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        cable.send("Input.imeSetComposition", composing)
        cable.send("Input.insertText", {"text": text})
        cable.detach()

    def pastes(self, text: str) -> None:
        """Put the code on the clipboard and paste it."""
        self.page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+V")

    def slowly(self, text: str, pause_ms: int, *, suffix: str = "Enter") -> None:
        """Type as a person does: no scanner is that slow."""
        for key in [*text, suffix]:
            self._send(pressed(key))
            self.page.wait_for_timeout(pause_ms)

    def _send(self, strokes: list[Stroke]) -> None:
        cable = self.page.context.new_cdp_session(self.page)
        all_at_once(cable, strokes)
        cable.detach()
