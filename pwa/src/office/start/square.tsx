/** A QR code as one path: dark on white in every theme, or no scanner reads it. */
import type { VNode } from "preact";

const QUIET = 4;

export function Square({ modules }: { modules: readonly string[] }): VNode {
  const size = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((row, y) =>
      [...row].map((dark, x) => (dark === "1" ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")),
    )
    .join("");
  return (
    <svg class="square" viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
      <rect class="paper-white" width={size} height={size} />
      <path class="paper-black" d={path} />
    </svg>
  );
}
