"""What a page says, and to which scan it is the answer."""

import json
from dataclasses import dataclass

OK, UNSAVED, SILENT = "ok", "unsaved", "silent"
STOPPED = ("caution", "wrong")
# Tells every change of what the screen says, from the first paint on: tone, words, the number
# of the answer, and which page it is.
LISTEN = """
let last = "";
const tell = () => {
  const said = document.querySelector("[data-test=feedback]");
  const unsaved = document.querySelector("[data-test=not-saved]") !== null;
  const now = JSON.stringify([
    unsaved ? "unsaved" : (said?.dataset.said ?? ""), said?.textContent ?? "",
    Number(said?.dataset.n ?? 0), performance.timeOrigin]);
  if (now !== last) { last = now; window.hear(now); }
};
const all = { subtree: true, childList: true, characterData: true, attributes: true };
addEventListener("DOMContentLoaded", () => new MutationObserver(tell).observe(document, all));
"""
WHERE = """
() => [Number(document.querySelector("[data-test=feedback]")?.dataset.n ?? 0),
       performance.timeOrigin]
"""


@dataclass(frozen=True)
class Moment:
    """Where a page stood when something was scanned."""

    heard: int
    answer: int
    page: float

    def before(self, heard: str) -> bool:
        """Tell whether this was said later, by the same page."""
        _, _, answer, page = json.loads(heard)
        return bool(page == self.page and answer > self.answer)


def tone_of(heard: str) -> str:
    """Take the tone out of what the page told."""
    tone: str = json.loads(heard)[0]
    return tone
