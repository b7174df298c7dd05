/** Español: lectores RFID fijos y lo que leen en las puertas. */
export const readers = {
  "did.readers.bind": "Antena asignada",
  "did.readers.note_visit": "Etiqueta leída en una puerta",
  "did.readers.register": "Lector RFID admitido",
  "did.readers.revoke": "Lector RFID excluido",
  "did.readers.settle": "Lecturas tratadas",
};
