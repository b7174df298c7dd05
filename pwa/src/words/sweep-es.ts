/** Spanish of tags read by a sled. */
export const sweep = {
  "sweep.beside": "Junto al palé: {count} etiquetas. Contarlas",
  "sweep.beside_why": "Si van encima, déjelas",
  "sweep.lotless": "Etiquetas sin lote: {count}. Lea a mano.",
  "sweep.noted": "Etiquetas nuevas: {count}",
  "sweep.noted_unknown": "Etiquetas nuevas: {count}, desconocidas: {strange}",
  "sweep.nothing_new": "Nada nuevo",
  "sweep.place_first": "Primero lea la ubicación",
  "sweep.rate": "{rate}/s",
  "sweep.several_places": "Varias ubicaciones leídas. Acérquese.",
  "sweep.tags": "etiquetas",
  "sweep.unknown": "Etiquetas desconocidas: {count}, guardadas para la oficina",
} as const;
