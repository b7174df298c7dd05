/** A label that somebody asks for at the dock. */

/** What the label says; the server knows no more of it than the hand that holds the goods. */
export interface LabelWish {
  readonly kind: "lpn" | "lot" | "item";
  readonly code: string | null;
  readonly item: string | null;
  readonly lot: string | null;
  readonly expiry: string | null;
  readonly quantity: number | null;
}
