/** What can be done about a contradiction, in words. */
import { named, type Text, type Word } from "../../words/text.ts";

const WORDS: Readonly<Record<string, Word>> = {
  accept: "resolve.accept",
  recount: "resolve.recount",
  put_back: "resolve.put_back",
  map_barcode: "resolve.map_barcode",
  reapply: "resolve.reapply",
  relocate: "resolve.relocate",
  void: "resolve.void",
};

export function wordOf(resolution: string): Text {
  const word = WORDS[resolution];
  return word ? named(word) : resolution;
}
