/** English: setting up common scanners. Loaded with the page that shows it. */
export const help = {
  all: {
    title: "Every scanner",
    steps: [
      "Output: keyboard (HID, “keystroke” or “wedge”), one output only.",
      "End of a code: Enter (CR). Nothing else before or behind it.",
      "GS1 separator: send GS (ASCII 29) unchanged, or replace it by | in the scanner and scan the set-up code.",
      "AIM identifier: on. Pause between characters: 0. Case conversion: off.",
      "Keyboard of the scanner and keyboard of the handheld: the same, best English (US).",
      "Symbologies: EAN/UPC, Code 128, GS1-128, DataMatrix, QR; ITF for cartons.",
    ],
  },
  zebra: {
    title: "Zebra with DataWedge",
    steps: [
      "Make a profile in DataWedge and associate it with the browser in which Tallyman runs.",
      "Barcode input: on; under its decoders, what your labels use.",
      "Keystroke output: on. Intent output: off; both together bring every code twice.",
      "Basic data formatting of the keystroke output: Send data and Send ENTER key on, Send TAB key off.",
      "Scan params of the barcode input: Code ID type AIM.",
      "If GS gets lost: let Advanced data formatting replace ASCII 29 by |.",
    ],
  },
  honeywell: {
    title: "Honeywell",
    steps: [
      "Android: Settings, Honeywell Settings, Scanning, Internal scanner, then a profile for the browser or the default one.",
      "Data processing settings: wedge on, data intent off.",
      "Suffix: \\r, which is Enter.",
      "Symbology prefix: AIM.",
      "Scanners on a cable: the codes of their manual for keyboard country, suffix CR and AIM identifier.",
    ],
  },
  datalogic: {
    title: "Datalogic",
    steps: [
      "Android: Settings, Scanner settings. Keyboard wedge on, intent wedge off.",
      "Formatting: suffix CR or LF, so that Enter ends a code; no prefix.",
      "Send code ID: AIM identifier before.",
      "Remove non-printable characters: off. If GS gets lost: | as Group Separator replacement.",
      "Scanners on a cable: Aladdin or the codes of their manual for keyboard, country, suffix CR and AIM ID.",
    ],
  },
  bluetooth: {
    title: "Bluetooth scanners",
    steps: [
      "Put the scanner into HID (keyboard) mode with the code of its manual, then pair it in the handheld's Bluetooth settings.",
      "The handheld treats it as a keyboard: set the layout under physical keyboard, the same as in the scanner.",
      "Suffix CR, AIM identifier on, pause between characters as short as possible.",
      "While it is connected the screen keyboard may stay hidden; Tallyman's own keys need none.",
      "GS is sent as Ctrl+] by many: turn that on (“control characters”), otherwise replace GS by |.",
    ],
  },
  rfid: {
    title: "RFID sleds",
    steps: [
      "Zebra: DataWedge has an RFID input; turn on keystroke output, Enter after every tag. Other sleds: keyboard (HID) mode.",
      "Data: the EPC as hexadecimal digits, nothing before or behind it.",
      "Between tags: Enter, a comma or a blank. All are taken apart.",
      "Unique tags only, if the sled offers it; a tag read again is harmless.",
      "Barcode and RFID on one sled: same suffix for both.",
    ],
  },
  said: {
    title: "When a code is not taken",
    steps: [
      "“Check digit wrong”, “Label damaged”: scan once more, straight on. If it stays, use another label of the goods; the supervisor gets the code as it was read.",
      "“Signs no code has”: scanner and handheld have different keyboards. Scan the set-up code.",
      "“Tag cut off or damaged”: pull the trigger again, nearer to the tag.",
      "“Arrives in pieces”: the scanner pauses within a code or sends Enter in its middle. Pause between characters 0, Enter only at the end.",
      "“Arrived in two pieces: joined”: it was counted once. Have the scanner set up all the same.",
      "“Unknown … Expected”: the code is good, but nobody has said what it is, or this step needs another. Goods may be taken in unnamed by a second scan.",
    ],
  },
};

export type Help = {
  readonly [Part in keyof typeof help]: {
    readonly title: string;
    readonly steps: readonly string[];
  };
};
export const untested =
  "From the makers' documentation. Menus differ between versions; none of these devices has been tested with Tallyman.";
