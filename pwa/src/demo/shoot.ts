/** Pulls the trigger: the keys a wedge would type, one event after the other, with Enter at the end. */
export function shoot(code: string): void {
  for (const key of [...code, "Enter"]) {
    for (const type of ["keydown", "keyup"] as const) {
      document.body.dispatchEvent(
        new KeyboardEvent(type, { key, bubbles: true, cancelable: true }),
      );
    }
  }
}
