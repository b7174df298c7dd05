/** Ages in words. */
import { ago, now } from "../../ui/ago.ts";
import { say, type Text } from "../../words/text.ts";

const MINUTE = 60_000;

export const since = (at: number | null): Text => {
  if (at === null) return say("now.never");
  return now.value - at < MINUTE
    ? say("now.just_now")
    : say("now.ago", { ago: ago(at, now.value) });
};

export const older = (at: number, minutes: number): boolean => now.value - at > minutes * MINUTE;
