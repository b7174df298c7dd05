/** English: fixed RFID readers, and what they read at the doors. */
export const readers = {
  "did.readers.bind": "Antenna bound",
  "did.readers.note_visit": "Tag read at a gate",
  "did.readers.register": "RFID reader let in",
  "did.readers.revoke": "RFID reader shut out",
  "did.readers.settle": "Reads dealt with",
} as const;
