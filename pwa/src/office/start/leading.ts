/** Where the start page leads: pages of the office, an import of one kind. */
export type Lead =
  | { readonly page: "start" | "labels" | "pins" | "handhelds" | "opening" }
  | { readonly page: "imports"; readonly kind: string };
export type Go = (lead: Lead) => void;
