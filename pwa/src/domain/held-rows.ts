/** Rows of goods that are held, and of the work that contradictions leave on the floor. */

/** Goods that must not go on; `covers` = lots, units and serials as goods in hand show them. */
export interface HoldRow {
  readonly id: string;
  readonly subject_kind: "lot" | "lpn" | "serial" | "receipt";
  readonly subject: string;
  /** What is printed on the goods, or the order they came on. */
  readonly label: string | null;
  readonly why: "hold" | "recall";
  readonly note: string | null;
  readonly covers: readonly string[];
}

/** Work that ends by an ordinary gesture; `task` is named by that gesture where one is given. */
export interface FollowUpRow {
  readonly id: string;
  readonly kind: "relocate" | "set_aside" | "stop_ship";
  readonly code: string;
  readonly place: string | null;
  readonly item: string | null;
  readonly order: string | null;
  readonly number: string | null;
  readonly task: string | null;
  readonly why?: readonly string[];
}
