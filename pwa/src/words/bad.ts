/** Why something did not go in: what happened and what to do, for codes of the server. */
import { en } from "./en.ts";
import { named, say, type Text, type Word } from "./text.ts";

const isWord = (text: string): text is Word => text in en;

export function badOf(code: string): Text {
  const word = `bad.${code}`;
  return isWord(word) ? named(word) : say("office.failed", { code });
}

/** A word of a family by its last part, which the server knows; unknown ones are shown as they are. */
export function wordOf(family: string, part: string): Text {
  const word = `${family}.${part}`;
  return isWord(word) ? named(word) : part;
}
