/** English: what a code stands for. */
export const mapping = {
  "bad.identification.mapped_otherwise": "This code means something else. Withdraw that first.",
  "bad.identification.not_a_code": "No scanner sends this code so. Scan it.",
  "bad.identification.not_mapped": "This code has no meaning of its own here.",
  "bad.items.packaging_unknown": "The item does not come that way.",
  "bad.people.unknown_person": "Nobody here has this badge.",
  "did.identification.map_barcode": "Code mapped",
  "did.identification.unmap_barcode": "Code withdrawn",
} as const;
