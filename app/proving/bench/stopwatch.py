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
# A label is in sight from the first picture that is not all wall; it is read when the answer has
# been painted. What leaves the picture unread stays in the list as the time it was in sight.
SIGHT = """
(() => {
  window.sight = { times: [], from: 0 };
  const eye = new OffscreenCanvas(32, 24).getContext("2d", { willReadFrequently: true });
  const look = (video) => {
    eye.drawImage(video, 0, 0, 32, 24);
    const { data } = eye.getImageData(0, 0, 32, 24);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] < 190) dark += 1;
    const { sight } = window;
    const seen = dark > 20;
    if (seen && !sight.there) sight.from = performance.now();
    if (!seen && sight.there && sight.from > 0) {
      sight.times.push(performance.now() - sight.from);
      sight.from = 0;
    }
    sight.there = seen;
    video.requestVideoFrameCallback(() => look(video));
  };
  const play = HTMLVideoElement.prototype.play;
  HTMLVideoElement.prototype.play = function () {
    this.requestVideoFrameCallback(() => look(this));
    return play.call(this);
  };
  const painted = () => requestAnimationFrame(() => setTimeout(() => {
    const { sight } = window;
    if (sight.from > 0) sight.times.push(performance.now() - sight.from);
    sight.from = 0;
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
