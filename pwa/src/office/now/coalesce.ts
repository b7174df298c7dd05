/** Many calls, few runs: at once when it was quiet, then at most once a gap, never dropping the last. */
export interface Coalesced {
  call(): void;
  stop(): void;
}

export function coalesce(run: () => void, gap: number, clock: () => number = Date.now): Coalesced {
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const fire = (): void => {
    timer = null;
    last = clock();
    run();
  };
  return {
    call() {
      timer ??= setTimeout(fire, Math.max(last + gap - clock(), 0));
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
