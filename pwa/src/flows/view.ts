/** What a state looks like, without saying how it is drawn. */
import type { Text } from "../words/text.ts";
import type { Action } from "./flow.ts";

export type Icon =
  | "alert"
  | "back"
  | "box"
  | "camera"
  | "check"
  | "clock"
  | "count"
  | "dock"
  | "down"
  | "empty"
  | "erase"
  | "gear"
  | "hand"
  | "help"
  | "home"
  | "keys"
  | "list"
  | "lookup"
  | "more"
  | "move"
  | "offline"
  | "office"
  | "order"
  | "pallet"
  | "person"
  | "pick"
  | "place"
  | "print"
  | "putaway"
  | "receive"
  | "save"
  | "ship"
  | "skip"
  | "sound"
  | "stop"
  | "sync"
  | "tote"
  | "truck"
  | "undo"
  | "up"
  | "wrong";

export interface Button {
  readonly action: Action;
  readonly words: Text;
  readonly icon: Icon;
}

/** A one-tap answer. */
export interface Choice {
  readonly key: string;
  readonly text: Text;
  readonly note?: Text;
}

/** What the pad enters where this state asks for more than a scan. */
export type Pad =
  | { readonly enters: "quantity"; readonly usual: number; readonly pack: Pack | null }
  | { readonly enters: "lot" | "serial" | "expiry" };

export interface Pack {
  readonly name: string;
  readonly quantity: number;
}

/** What a sweep found, by goods; how many tags and how fast is the sled's to say. */
export interface SweepView {
  readonly groups: ReadonlyArray<{
    readonly key: string;
    readonly text: Text;
    readonly count: Text;
  }>;
  readonly notes: readonly Text[];
}

export interface View {
  readonly says: Text;
  readonly icon: Icon;
  /** Where or what, readable at arm's length. */
  readonly target: Text | null;
  readonly goods?: Text | null;
  readonly facts?: readonly Text[];
  readonly quantity?: { readonly value: number; readonly unit: Text } | null;
  readonly progress?: { readonly at: number; readonly of: number } | null;
  readonly ahead?: Text | null;
  readonly sweep?: SweepView | null;
  /** How near what is looked for is, of 100; null before it was heard. */
  readonly near?: number | null;
  readonly choices?: readonly Choice[];
  readonly pad?: Pad | null;
  readonly primary?: Button | null;
  readonly actions?: readonly Button[];
  readonly back?: boolean;
}
