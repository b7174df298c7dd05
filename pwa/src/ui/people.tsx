/** Who is holding this scanner: enrolment, badge, PIN, and a start without network. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Offline, Refused } from "../device.ts";
import type { Scan } from "../domain/operation.ts";
import { say, type Text, t } from "../words/text.ts";
import { Header } from "./badge.tsx";
import { useDevice, worldOf } from "./context.ts";
import { endingIn } from "./find.ts";
import { Icon } from "./icon.tsx";
import { CodePad, SixDigits } from "./pad.tsx";
import { handing, open } from "./route.ts";
import { useScan } from "./scans.ts";
import { LazyCamera } from "./sheet.tsx";
import { sound } from "./tones.ts";

const ENROLMENT = "TME:";
const BADGE = "TMB:";

const cut = (data: string, prefix: string): string =>
  data.toUpperCase().startsWith(prefix) ? data.slice(prefix.length) : data;

interface Attempt {
  readonly words: Text;
  readonly wrong: boolean;
}

/** Says why it did not work: refused by the server, or no server. */
function failure(error: unknown, refused: Text): Attempt {
  sound("wrong");
  if (error instanceof Refused) {
    return { words: refused, wrong: true };
  }
  return {
    words: error instanceof Offline ? say("device.offline") : say("app.not_saved"),
    wrong: true,
  };
}

function Said({ attempt }: { attempt: Attempt | null }): VNode {
  return (
    <p class="said" data-test="feedback" role="status" aria-live="assertive">
      {attempt ? (
        <>
          <Icon name={attempt.wrong ? "stop" : "clock"} big />
          <span>{t(attempt.words)}</span>
        </>
      ) : null}
    </p>
  );
}

type Entering = "scan" | "code" | "camera";

/** One thing to scan, with the code pad and the camera one tap away. */
function ScanOne({
  says,
  attempt,
  onScan,
  children,
}: {
  says: Text;
  attempt: Attempt | null;
  onScan: (data: string) => void;
  children?: VNode | null;
}): VNode {
  const device = useDevice();
  const [entering, setEntering] = useState<Entering>("scan");
  const take = (scan: Scan): void => {
    setEntering("scan");
    onScan(scan.data);
  };
  useScan(take);
  const wrong = attempt?.wrong && entering === "scan" ? { "data-tone": "wrong" } : {};
  return (
    <div class="screen" {...wrong}>
      {entering === "scan" ? (
        <Header title="Tallyman" />
      ) : (
        <Header title="Tallyman" onBack={() => setEntering("scan")} />
      )}
      {entering === "code" ? (
        <CodePad
          asks={says}
          find={(text) => endingIn(text, worldOf(device))}
          onDone={(data) => take({ data, symbology: "keyed" })}
        />
      ) : null}
      {entering === "camera" ? <LazyCamera onScan={take} /> : null}
      {entering === "scan" ? (
        <>
          <main class="stop">
            <Said attempt={attempt} />
            <p class="target" data-test="instruction">
              {t(says)}
            </p>
            {children}
          </main>
          <footer class="bar">
            <div class="row">
              <button
                type="button"
                class="tool"
                data-test="code"
                onClick={() => setEntering("code")}
              >
                <Icon name="keys" />
                {t(say("app.code"))}
              </button>
              <button
                type="button"
                class="tool"
                data-test="camera"
                onClick={() => setEntering("camera")}
              >
                <Icon name="camera" />
                {t(say("app.camera"))}
              </button>
              <button
                type="button"
                class="tool"
                data-test="door-settings"
                onClick={() => open("settings")}
              >
                <Icon name="gear" />
                {t(say("door.settings"))}
              </button>
            </div>
          </footer>
        </>
      ) : null}
    </div>
  );
}

export function Enrol(): VNode {
  const device = useDevice();
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const enrol = (data: string): void => {
    const code = cut(data.trim(), ENROLMENT);
    setAttempt({ words: say("device.enrolling"), wrong: false });
    device.enrol(code, `H-${code.slice(-4)}`).then(
      () => sound("ok"),
      (error: unknown) =>
        setAttempt(
          failure(
            error,
            say("device.refused", { code: error instanceof Refused ? error.problem.code : "" }),
          ),
        ),
    );
  };
  return (
    <ScanOne says={say("device.enrol_says")} attempt={attempt} onScan={enrol}>
      <button type="button" class="tool" data-test="door-office" onClick={() => open("office")}>
        <Icon name="office" />
        {t(say("door.office"))}
      </button>
    </ScanOne>
  );
}

interface Badge {
  readonly badge: string;
  readonly name: string;
  /** Known in the people list: may start without network. */
  readonly person: string | null;
}

export function Login(): VNode {
  const device = useDevice();
  const [badge, setBadge] = useState<Badge | null>(null);
  const [attempt, setAttempt] = useState<Attempt | null>(null);
  const [cold, setCold] = useState(false);

  const scanned = (data: string): void => {
    const resolved = device.replica.resolve({ data, symbology: null });
    const person = resolved.type === "person" ? resolved.person : null;
    const code = person?.badge ?? cut(data.trim(), BADGE);
    setBadge({ badge: code, name: person?.name ?? code, person: person?.id ?? null });
    setAttempt(null);
    setCold(false);
  };

  const login = (pin: string): void => {
    if (!badge) {
      return;
    }
    setAttempt({ words: say("login.checking"), wrong: false });
    device.login(badge.badge, pin).then(
      () => {
        handing.value = false;
        sound("ok");
      },
      (error: unknown) => {
        setCold(error instanceof Offline && badge.person !== null);
        setAttempt(failure(error, say("login.wrong")));
      },
    );
  };

  if (!badge) {
    return <ScanOne says={say("login.badge")} attempt={attempt} onScan={scanned} />;
  }
  const start = (): void => {
    device.actAs(badge.person ?? "").then(
      () => {
        handing.value = false;
      },
      (error: unknown) => setAttempt(failure(error, say("login.wrong"))),
    );
  };
  return (
    <Pin
      badge={badge}
      attempt={attempt}
      onScan={scanned}
      onPin={login}
      onBack={() => {
        setBadge(null);
        // Whoever worked here before goes on.
        handing.value = false;
      }}
      onCold={cold ? start : null}
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
