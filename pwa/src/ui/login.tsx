/** Who is holding this scanner: badge, PIN, and a start without network. */
import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { Offline, Refused } from "../device.ts";
import { refusalOf } from "../words/codes.ts";
import { say, type Text, t } from "../words/text.ts";
import { useAsked } from "./asked.ts";
import { Header } from "./badge.tsx";
import { useDevice } from "./context.ts";
import { type Badge, badgeIn } from "./identify.ts";
import { SixDigits } from "./pad.tsx";
import { handing } from "./route.ts";
import { type Attempt, failure, Said, ScanOne } from "./scan-one.tsx";
import { useScan } from "./scans.ts";
import { sound } from "./tones.ts";

interface Entrance {
  readonly attempt: Attempt | null;
  /** There is no server to ask, and the people list knows this badge. */
  readonly cold: boolean;
  clear(): void;
  refuse(words: Text): void;
  login(badge: Badge, pin: string): void;
  start(badge: Badge): void;
}

function useEntrance(): Entrance {
  const device = useDevice();
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [cold, setCold] = useState(false);
  const open = useRef(true);
  useLayoutEffect(
    () => () => {
      open.current = false;
    },
    [],
  );
  const entered = (): void => {
    // Somebody else's badge may have been scanned since this screen went away: that one stays.
    if (open.current) handing.value = false;
    sound("ok");
  };
  const refused = (error: unknown): void => {
    const code = error instanceof Refused ? error.problem.code : "";
    setAttempt(failure(error, refusalOf(code, say("login.wrong"))));
  };
  return {
    attempt,
    cold,
    clear: () => {
      setAttempt(null);
      setCold(false);
    },
    refuse: (words) => {
      sound("wrong");
      setAttempt({ words, wrong: true });
    },
    login: ({ badge, person }, pin) => {
      setAttempt({ words: say("login.checking"), wrong: false });
      device.login(badge, pin).then(entered, (error: unknown) => {
        setCold(error instanceof Offline && person !== null);
        refused(error);
      });
    },
    start: ({ person }) => {
      device.actAs(person ?? "").then(entered, refused);
    },
  };
}

const LOCKED: Attempt = { words: say("login.locked"), wrong: false };

export function Login(): VNode {
  const device = useDevice();
  const [badge, setBadge] = useState<Badge | null>(null);
  const { attempt, cold, clear, refuse, login, start } = useEntrance();

  const scanned = (data: string): void => {
    const identified = badgeIn(data, device.replica);
    if (identified.type === "wrong") {
      refuse(identified.words);
    } else {
      setBadge(identified);
      clear();
    }
  };

  return badge ? (
    <Pin
      badge={badge}
      attempt={attempt}
      onScan={scanned}
      onPin={(pin) => login(badge, pin)}
      onBack={() => {
        setBadge(null);
        // Whoever worked here before goes on.
        handing.value = false;
      }}
      onCold={cold ? () => start(badge) : null}
    />
  ) : (
    <ScanOne
      says={say("login.badge")}
      attempt={attempt ?? (device.locked.value ? LOCKED : null)}
      onScan={scanned}
    />
  );
}

function Pin({
  badge,
  attempt,
  onScan,
  onPin,
  onBack,
  onCold,
}: {
  badge: Badge;
  attempt: Attempt | null;
  onScan: (data: string) => void;
  onPin: (pin: string) => void;
  onBack: () => void;
  onCold: (() => void) | null;
}): VNode {
  useScan((scan) => {
    if (scan.symbology === "keyed" && /^\d{6}$/.test(scan.data)) {
      onPin(scan.data);
    } else {
      onScan(scan.data);
    }
  });
  useAsked({ says: say("login.pin", { name: badge.name }), target: null });
  return (
    <div class="screen" {...(attempt?.wrong ? { "data-tone": "wrong" } : {})}>
      <Header title={badge.name} onBack={onBack} />
      <SixDigits shows="dots" asks={say("login.pin", { name: badge.name })} onDone={onPin}>
        <Said attempt={attempt} />
        {onCold ? (
          <>
            <button type="button" class="primary" data-test="cold-start" onClick={onCold}>
              {t(say("login.cold"))}
            </button>
            <p>{t(say("login.cold_why"))}</p>
          </>
        ) : null}
      </SixDigits>
    </div>
  );
}
