/** Codes of the server in the words of the people; an unknown code is shown as it is. */
import { en } from "./en.ts";
import { named, type Text, type Word } from "./text.ts";

const isWord = (text: string): text is Word => text in en;

const spoken = (prefix: string, code: string): Text => {
  const word = `${prefix}.${code}`;
  return isWord(word) ? named(word) : code;
};

/** What an exception is about, or why something was refused. */
export const codeOf = (code: string): Text => spoken("code", code);

/** What somebody did. */
export const kindOf = (kind: string): Text => spoken("did", kind);

/** A table by its name on the server. */
export const tableOf = (table: string): Text => spoken("table", table);

/** A column of a table. */
export const columnOf = (column: string): Text => spoken("col", column);

/** A value of a column: `words` names the catalogue. */
export const worded = (words: string, value: string): Text =>
  words === "did" || words === "code" ? spoken(words, value) : spoken(`is.${words}`, value);
