/** Our own line icons on a 24 grid; always beside words or with a label of their control. */
import type { VNode } from "preact";
import type { Icon as Name } from "../flows/view.ts";

const BOX = "M3 8l9-5 9 5v8l-9 5-9-5zM3 8l9 5 9-5M12 13v8";
const PALLET = "M4 4h16v11H4zM2 19h20M4 19v2M12 19v2M20 19v2M12 4v5";
const PLACE =
  "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z";

const PATHS: Readonly<Record<Name, string>> = {
  alert: "M12 3L2 20h20zM12 10v4M12 17v.5",
  back: "M20 12H4M10 6l-6 6 6 6",
  box: BOX,
  camera: "M3 7h4l2-3h6l2 3h4v13H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  check: "M4 13l5 5L20 6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l4 2",
  count: "M5 4v16M10 4v16M15 4v16M3 17L21 7",
  dock: "M3 21V9l9-6 9 6v12M7 21v-8h10v8M7 17h10",
  down: "M12 4v16M5 13l7 7 7-7",
  empty: "M3 8l9-5 9 5v8l-9 5-9-5zM4 4l16 16",
  erase: "M9 5h12v14H9l-6-7zM12 9l6 6M18 9l-6 6",
  gear: "M4 6h10M18 6h2M4 12h2M10 12h10M4 18h8M16 18h4M16 4v4M8 10v4M14 16v4",
  hand: "M7 12V6a2 2 0 0 1 4 0v5M11 10V4a2 2 0 0 1 4 0v7M15 11V6a2 2 0 0 1 4 0v9a6 6 0 0 1-6 6h-1c-3 0-4-2-7-7a2 2 0 0 1 3-2",
  help: "M8 8.5a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1.2-1.5 2.8M12 19v.5M12 22.5a10.5 10.5 0 1 0 0-21 10.5 10.5 0 0 0 0 21z",
  home: "M3 11l9-8 9 8M5 10v11h14V10M10 21v-6h4v6",
  keys: "M4 4h4v4H4zM10 4h4v4h-4zM16 4h4v4h-4zM4 10h4v4H4zM10 10h4v4h-4zM16 10h4v4h-4zM10 16h4v4h-4z",
  list: "M8 6h13M8 12h13M8 18h13M3 6h1M3 12h1M3 18h1",
  lookup: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  more: "M4 12h1M11.5 12h1M19 12h1",
  move: "M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4",
  offline: "M2 9a15 15 0 0 1 20 0M5.5 12.5a10 10 0 0 1 13 0M12 19v.5M4 3l16 18",
  office: "M4 21V3h10v18M14 9h6v12M2 21h20M7 7h4M7 11h4M7 15h4",
  order: "M6 3h9l4 4v14H6zM15 3v5h4M9 12h7M9 16h7",
  pallet: PALLET,
  person: "M12 12a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM4 21c0-4 4-6 8-6s8 2 8 6",
  pick: "M3 4h3l3 12h10l2-8H8M10 20.5h.5M18 20.5h.5",
  place: PLACE,
  print: "M7 9V3h10v6M5 17H3V9h18v8h-2M7 14h10v7H7z",
  putaway: "M3 21V5M21 21V5M3 13h18M12 3v6M9 6.5l3 3 3-3M3 21h18",
  receive: "M3 21V9l9-6 9 6v12M12 9v8M8 13.5l4 4 4-4",
  save: "M4 4h13l3 3v13H4zM8 4v5h7V4M7 20v-7h10v7",
  ship: "M2 6h12v11H2zM14 10h4l4 4v3h-8M6 20.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 20.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  skip: "M5 5l8 7-8 7zM17 5v14",
  sound: "M4 9v6h4l5 4V5L8 9zM17 8a6 6 0 0 1 0 8",
  stop: "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 8l8 8M16 8l-8 8",
  sync: "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
  tote: "M3 8h18l-2 12H5zM8 8V4h8v4M9 13h6",
  truck: "M2 6h12v11H2zM14 10h4l4 4v3h-8",
  undo: "M9 5L4 10l5 5M4 10h10a6 6 0 0 1 0 12h-3",
  up: "M12 20V4M5 11l7-7 7 7",
  wrong: "M5 5l14 14M19 5L5 19",
};

export function Icon({ name, big = false }: { name: Name; big?: boolean }): VNode {
  return (
    <svg class={big ? "icon big" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
