/** Where in the office one is: page and question, in the address, so that reload and back work. */
import { signal } from "@preact/signals";

export type Query = Readonly<Record<string, string>>;

export interface Place {
  readonly page: string;
  readonly query: Query;
}

const OFFICE = "#/office";

export function placeOf(hash: string): Place {
  const [path = "", search = ""] = hash.split("?");
  const page = path.startsWith(`${OFFICE}/`) ? path.slice(OFFICE.length + 1) : "";
  return { page, query: Object.fromEntries(new URLSearchParams(search)) };
}

export function addressOf(page: string, query: Query = {}): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ""));
  return `${OFFICE}/${page}${search.size > 0 ? `?${search}` : ""}`;
}

export const place = signal<Place>(placeOf(location.hash));

export function goTo(page: string, query: Query = {}): void {
  location.hash = addressOf(page, query);
  place.value = placeOf(location.hash);
}

/** The same page, asked differently; what is null is forgotten. */
export function alter(changes: Readonly<Record<string, string | null>>): void {
  const { page, query } = place.value;
  const kept = Object.entries({ ...query, ...changes }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  goTo(page, Object.fromEntries(kept));
}

export function follow(): () => void {
  const read = (): void => {
    place.value = placeOf(location.hash);
  };
  read();
  addEventListener("hashchange", read);
  return () => removeEventListener("hashchange", read);
}
