/** Spanish: what a code stands for. */
import type { mapping as english } from "./mapping-en.ts";

export const mapping: Readonly<Record<keyof typeof english, string>> = {
  "bad.identification.mapped_otherwise": "Este código significa otra cosa. Retírala antes.",
  "bad.identification.not_a_code": "Ningún lector envía este código así. Escanéalo.",
  "bad.identification.not_mapped": "Este código no tiene aquí significado propio.",
  "bad.items.packaging_unknown": "El artículo no viene en ese envase.",
  "bad.people.unknown_person": "Nadie aquí tiene esa credencial.",
  "did.identification.map_barcode": "Código asignado",
  "did.identification.unmap_barcode": "Código retirado",
  "map.again": "Desconocido: {code}. Escanee otra vez: entra sin nombre",
  "map.find": "Final del SKU o parte del nombre",
  "map.holds": "{quantity} {unit}",
  "map.how": "¿Cómo viene?",
  "map.not_goods": "No es un artículo. Escanee la mercancía",
  "map.piece": "Pieza suelta",
  "map.scan": "Escanee o busque su artículo",
  "map.units": "unidades",
  "map.what": "¿Qué es?",
  "map.which": "Dos significados. ¿Cuál?",
};
