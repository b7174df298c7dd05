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
};
