/** Codes of the server in the words of the floor; an unknown code is shown as it is. */
import { en } from "./en.ts";
import { named, type Text, type Word } from "./text.ts";

const isWord = (text: string): text is Word => text in en;

const spoken = (prefix: string, code: string): Text => {
  const word = `${prefix}.${code}`;
  return isWord(word) ? named(word) : code;
};

/** What an exception is about. */
export const codeOf = (code: string): Text => spoken("code", code);

/** What somebody did. */
export const kindOf = (kind: string): Text => spoken("did", kind);
