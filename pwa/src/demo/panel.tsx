/** The virtual scanner: codes to tap instead of labels to scan. On a demo site only, and framed as such. */
import type { VNode } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Icon as IconName } from "../flows/view.ts";
import { asked } from "../ui/asked.ts";
import { useDevice, worldOf } from "../ui/context.ts";
import { Icon } from "../ui/icon.tsx";
import { say, t } from "../words/text.ts";
import { type Code, codesFor, type Fit } from "./codes.ts";
import { shoot } from "./shoot.ts";
import { demo } from "./site.ts";

const ICONS: Readonly<Record<Fit, IconName>> = { next: "check", also: "box", wrong: "wrong" };

export function VirtualScanner(): VNode | null {
  const device = useDevice();
  const [open, setOpen] = useState(false);
  device.replica.version.value;
  useLayoutEffect(() => framed(open), [open]);
  const about = demo.value?.about;
  if (!about) {
    return null;
  }
  const codes = codesFor(asked.value, worldOf(device), about);
  const next = codes.filter((one) => one.fit === "next");
  // Where no screen asks for anything, anything may be tried.
  const closed = asked.value === null ? codes.slice(0, 1) : next;
  const shown = open ? codes : closed;
  const tap = (one: Code): void => {
    // What the scan did is on the screen above.
    setOpen(false);
    shoot(one.data);
  };
  return (
    <aside class="demo" data-test="virtual-scanner" aria-label={t(say("demo.scanner"))}>
      <button
        type="button"
        class="tool"
        data-test="demo-toggle"
        aria-expanded={open}
        aria-label={t(say(open ? "demo.fewer" : "demo.more"))}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? "down" : "up"} />
        {t(say("demo.demo"))}
      </button>
      <div class="codes">
        {shown.map((one) => (
          <Label key={one.data} one={one} onTap={tap} />
        ))}
        {shown.length === 0 ? <p data-test="demo-nothing">{t(say("demo.nothing"))}</p> : null}
        {open ? <p>{t(say("demo.pin", { pin: about.pin }))}</p> : null}
      </div>
    </aside>
  );
}

/** The screen above makes room while the scanner is there. */
function framed(open: boolean): () => void {
  const root = document.documentElement;
  root.dataset.demo = open ? "open" : "closed";
  return () => {
    delete root.dataset.demo;
  };
}

function Label({ one, onTap }: { one: Code; onTap: (one: Code) => void }): VNode {
  return (
    <button
      type="button"
      class="label"
      data-test="demo-code"
      data-fit={one.fit}
      data-code={one.data}
      onClick={() => onTap(one)}
    >
      <Icon name={ICONS[one.fit]} />
      <span>
        {t(say(`demo.${one.fit}`))}
        <strong>{t(one.words)}</strong>
      </span>
    </button>
  );
}
