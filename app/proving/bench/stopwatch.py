"""What the browser notes: when a scan ended, when its record was on disk, when it was seen."""

# Runs before the app: every write that completes, and every answer that was painted, is timed from
# the Enter that ended the scan.
WATCH = """
(() => {
  window.stopwatch = { from: 0, kept: 0, seen: 0 };
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && window.stopwatch.from === 0) {
      window.stopwatch.from = event.timeStamp;
    }
  }, true);
  const open = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (names, mode, how) {
    const opened = open.call(this, names, mode, how);
    const stores = [names].flat();
    if (mode === "readwrite" && stores.includes("journal")) {
      opened.addEventListener("complete", () => {
        const { from, kept } = window.stopwatch;
        if (from > 0 && kept === 0) window.stopwatch.kept = performance.now() - from;
      });
    }
    return opened;
  };
  const painted = () => requestAnimationFrame(() => setTimeout(() => {
    const { from, kept, seen } = window.stopwatch;
    if (from > 0 && kept > 0 && seen === 0) window.stopwatch.seen = performance.now() - from;
  }));
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver((changes) => {
      const said = changes.some(({ target }) =>
        (target instanceof Element ? target : target.parentElement)
          ?.closest("[data-test=feedback]"));
      if (said) painted();
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
})();
"""
TAKE = "() => { Object.assign(window.stopwatch, { from: 0, kept: 0, seen: 0 }); }"
TIMES = "() => ({ ...window.stopwatch })"
# Work is there when the bin that was being counted is on the screen and painted.
COLD = """
(() => {
  window.started = 0;
  const look = () => {
    if (document.querySelector("[data-test=home], [data-test=stop]")) {
      requestAnimationFrame(() => setTimeout(() => { window.started = performance.now(); }));
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
})();
"""
