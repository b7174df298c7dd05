/** The screen does not sleep while work is open. */
export function stayAwake(): () => void {
  let held: WakeLockSentinel | null = null;
  let wanted = true;
  const hold = (): void => {
    if (!wanted || document.visibilityState !== "visible" || !("wakeLock" in navigator)) {
      return;
    }
    navigator.wakeLock.request("screen").then(
      (lock) => {
        held = lock;
        if (!wanted) {
          void lock.release();
        }
      },
      // A low battery may refuse it; work goes on with a screen that dims.
      () => undefined,
    );
  };
  document.addEventListener("visibilitychange", hold);
  hold();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", hold);
    void held?.release();
  };
}
