/** Office login: the one place where somebody types. */
import type { TargetedSubmitEvent, VNode } from "preact";
import { useState } from "preact/hooks";
import { Offline, Refused } from "../device.ts";
import { useDevice } from "../ui/context.ts";
import { open } from "../ui/route.ts";
import { refusalOf } from "../words/codes.ts";
import { say, type Text, t } from "../words/text.ts";

export function SignIn({ onDone }: { onDone: () => void }): VNode {
  const device = useDevice();
  const [wrong, setWrong] = useState<Text | null>(null);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string): string => String(form.get(name) ?? "");
    device
      .signIn(field("username"), field("password"))
      .then(onDone, (error: unknown) =>
        setWrong(
          error instanceof Offline
            ? say("office.offline")
            : refusalOf(
                error instanceof Refused ? error.problem.code : "",
                say("login.wrong_password"),
              ),
        ),
      );
  };
  return (
    <main class="office sign-in" data-test="sign-in">
      <h1>Tallyman</h1>
      <form onSubmit={submit}>
        <label>
          {t(say("office.username"))}
          <input name="username" autocomplete="username" required />
        </label>
        <label>
          {t(say("office.password"))}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <p role="status" data-test="feedback">
          {wrong ? t(wrong) : ""}
        </p>
        <button type="submit" class="primary" data-test="primary">
          {t(say("office.sign_in"))}
        </button>
      </form>
      <button type="button" data-test="floor" onClick={() => open("home")}>
        {t(say("office.floor"))}
      </button>
    </main>
  );
}
