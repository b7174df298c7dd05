import { describe, expect, test } from "vitest";
import { codeOf, refusalOf, troubleOf } from "./codes.ts";
import { LANGUAGES, type Language, say, t } from "./text.ts";

const TONGUES = Object.keys(LANGUAGES) as Language[];

/** Every code the sender, the queue and the device itself give as the reason why nothing moves. */
const OURS = ["device.unknown", "device.wiped", "queue.foreign", "queue.waiting"].concat(
  ["internal", "no_progress", "older_epoch", "reset_again", "rows_differ"].map((c) => `sync.${c}`),
  ["sequence_gap", "unreadable_answer", "update_needed"].map((c) => `sync.${c}`),
);

describe("a code on the screen", () => {
  test.each(OURS)("%s is said in words", (code) => {
    for (const tongue of TONGUES) {
      const words = t(troubleOf(code), tongue);
      expect(words).not.toContain(code);
      expect(words).toMatch(/ .+[.]$/);
    }
  });

  test("what only the server or the disk can explain keeps its code, inside a sentence", () => {
    expect(t(troubleOf("http.502"), "en")).toBe("Server says http.502. It is sent again.");
    expect(t(troubleOf("storage.QuotaExceededError"), "en")).toBe(
      "The disk fails: QuotaExceededError",
    );
  });

  test("too many tries are not called a wrong PIN", () => {
    const wrong = say("login.wrong");
    expect(refusalOf("session.bad_login", wrong)).toBe(wrong);
    for (const code of ["session.too_many_tries", "session.blocked"]) {
      expect(t(refusalOf(code, wrong), "en")).toBe("Too many tries. Wait a little.");
    }
  });

  test("an exception nobody has words for is shown as it is", () => {
    expect(codeOf("of_next_year")).toBe("of_next_year");
  });
});
