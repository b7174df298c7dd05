/** English of tags read by a sled. */
export const sweep = {
  "sweep.beside": "Beside the pallet: {count} tags. Count them",
  "sweep.beside_why": "If they are on it, leave them",
  "sweep.lotless": "Tags without lot: {count}. Scan by hand.",
  "sweep.noted": "New tags: {count}",
  "sweep.noted_unknown": "New tags: {count}, unknown: {strange}",
  "sweep.nothing_new": "Nothing new",
  "sweep.place_first": "First scan the place",
  "sweep.rate": "{rate}/s",
  "sweep.several_places": "Several places read. Go closer.",
  "sweep.tags": "tags",
  "sweep.unknown": "Unknown tags: {count}, kept for the office",
} as const;
