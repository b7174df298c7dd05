/** Codes of the server in the words of the people; an unknown code is shown as it is. */
import { en } from "./en.ts";
import { named, say, type Text, type Word } from "./text.ts";

const isWord = (text: string): text is Word => text in en;

const spoken = (prefix: string, code: string): Text => {
  const word = `${prefix}.${code}`;
  return isWord(word) ? named(word) : code;
};

/** What an exception is about, or why something was refused. */
export const codeOf = (code: string): Text => spoken("code", code);

/** What somebody did. */
export const kindOf = (kind: string): Text => spoken("did", kind);

const TOO_MANY: readonly string[] = ["session.too_many_tries", "session.blocked"];

/** Why a login was refused; `wrong` is what to say of a secret that does not fit. */
export const refusalOf = (code: string, wrong: Text): Text =>
  TOO_MANY.includes(code) ? say("login.too_many") : wrong;

/** Why nothing goes out or comes in; a code only where it helps whoever is called for help. */
export function troubleOf(code: string): Text {
  const word = `trouble.${code}`;
  if (isWord(word)) {
    return named(word);
  }
  const disk = /^storage\.(.+)$/.exec(code)?.[1];
  return disk ? say("trouble.storage", { code: disk }) : say("trouble.other", { code });
}

/** A table by its name on the server. */
export const tableOf = (table: string): Text => spoken("table", table);

/** A column of a table. */
export const columnOf = (column: string): Text => spoken("col", column);

/** A value of a column: `words` names the catalogue. */
export const worded = (words: string, value: string): Text =>
  words === "did" || words === "code" ? spoken(words, value) : spoken(`is.${words}`, value);
