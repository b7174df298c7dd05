/** Screen, hand, language and tones, as one tap each. */
import type { Signal } from "@preact/signals";
import type { VNode } from "preact";
import { type Language, language, say, type Text, t } from "../words/text.ts";
import { Page } from "./badge.tsx";
import { useDevice } from "./context.ts";
import { Icon } from "./icon.tsx";
import { onAppleUninstalled } from "./install.tsx";
import { lacking } from "./lacks.ts";
import { open } from "./route.ts";
import { handOver, useScan } from "./scans.ts";
import { HANDS, hand, THEMES, TONGUES, theme } from "./settings.ts";
import { sound } from "./tones.ts";

const NAMES: Readonly<Record<Language, string>> = { en: "English", es: "Español" };

export function SettingsScreen(): VNode {
  useScan((scan) => {
    handOver(scan);
    open("home");
  });
  return (
    <Page title={say("door.settings")}>
      <main class="list" data-test="settings">
        <Pick
          title={say("settings.theme")}
          name="theme"
          into={theme}
          values={THEMES}
          words={(value) => say(`settings.${value}`)}
        />
        <Pick
          title={say("settings.hand")}
          name="hand"
          into={hand}
          values={HANDS}
          words={(value) => say(`settings.${value}`)}
        />
        <Pick
          title={say("settings.language")}
          name="language"
          into={language}
          values={TONGUES}
          words={(value) => NAMES[value]}
        />
        <Scanning />
        <Tones />
        <Browser />
      </main>
    </Page>
  );
}

/** Whether the scanner speaks as it should. */
function Scanning(): VNode {
  return (
    <section>
      <h2 class="says">{t(say("scanner.title"))}</h2>
      <div class="row">
        <button type="button" class="tool" data-test="door-scanner" onClick={() => open("scanner")}>
          {t(say("scanner.ask"))}
        </button>
      </div>
    </section>
  );
}

/** What this browser cannot do, and what that costs whoever works with it. */
function Browser(): VNode {
  const device = useDevice();
  const missing = lacking(device.queue.value.persisted);
  return (
    <section>
      <h2 class="says">{t(say("lack.title"))}</h2>
      <ul class="facts" data-test="browser">
        {missing.map((lack) => (
          <li key={lack} data-test={`lack-${lack}`}>
            {t(say(`lack.${lack}`))}
          </li>
        ))}
        {missing.length === 0 ? <li>{t(say("lack.all_there"))}</li> : null}
        {onAppleUninstalled() ? <li data-test="install-ios">{t(say("install.ios"))}</li> : null}
      </ul>
    </section>
  );
}

/** How loud and how different they are, before a shift begins. */
function Tones(): VNode {
  return (
    <section>
      <h2 class="says">{t(say("settings.sound"))}</h2>
      <div class="row">
        {(["ok", "caution", "wrong"] as const).map((tone) => (
          <button type="button" key={tone} aria-label={tone} onClick={() => sound(tone)}>
            <Icon name={tone === "ok" ? "check" : tone === "caution" ? "alert" : "stop"} />
          </button>
        ))}
      </div>
    </section>
  );
}

function Pick<T extends string>({
  title,
  name,
  into,
  values,
  words,
}: {
  title: Text;
  name: string;
  into: Signal<T>;
  values: readonly T[];
  words: (value: T) => Text;
}): VNode {
  return (
    <section>
      <h2 class="says">{t(title)}</h2>
      <div class="row">
        {values.map((value) => (
          <button
            type="button"
            class="tool"
            key={value}
            data-test={`${name}-${value}`}
            aria-pressed={into.value === value}
            onClick={() => {
              into.value = value;
            }}
          >
            {into.value === value ? <Icon name="check" /> : null}
            {t(words(value))}
          </button>
        ))}
      </div>
    </section>
  );
}
