/** What the start page, the first count and the labels are told: checked shapes. */

type Body = Readonly<Record<string, unknown>>;
export const body = (value: unknown): Body =>
  typeof value === "object" && value !== null ? (value as Body) : {};
export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const count = (value: unknown): number => (typeof value === "number" ? value : 0);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const STEPS = ["places", "items", "people", "labels", "handhelds", "opening"] as const;
export type StepName = (typeof STEPS)[number];

export interface Step {
  readonly step: StepName;
  readonly done: boolean;
  readonly count: number;
  readonly of: number | null;
  readonly missing: readonly string[];
}

export interface Start {
  readonly site: { readonly code: string; readonly name: string };
  readonly done: boolean;
  readonly steps: readonly Step[];
}

const isStep = (name: string): name is StepName => STEPS.some((step) => step === name);

function step(value: unknown): readonly Step[] {
  const row = body(value);
  const name = text(row.step);
  if (!isStep(name)) {
    return [];
  }
  const of = typeof row.of === "number" ? row.of : null;
  const missing = list(row.missing).map(text);
  return [{ step: name, done: row.done === true, count: count(row.count), of, missing }];
}

export const start = (value: unknown): Start => {
  const answer = body(value);
  const site = body(answer.site);
  return {
    site: { code: text(site.code), name: text(site.name) },
    done: answer.done === true,
    steps: list(answer.steps).flatMap(step),
  };
};

export interface Counted {
  readonly sheet: string;
  readonly place: string;
  readonly counter: string;
  readonly items: number;
  readonly pieces: number;
}

export interface Opening {
  readonly opening: boolean;
  readonly places: number;
  readonly uncounted: number;
  readonly first: readonly string[];
  readonly sheets: readonly Counted[];
}

export const opening = (value: unknown): Opening => {
  const answer = body(value);
  return {
    opening: answer.opening === true,
    places: count(answer.places),
    uncounted: count(answer.uncounted),
    first: list(answer.first_uncounted).map(text),
    sheets: list(answer.sheets).map((one) => {
      const row = body(one);
      return {
        sheet: text(row.sheet),
        place: text(row.place_code),
        counter: text(row.counter_name),
        items: count(row.items),
        pieces: count(row.pieces),
      };
    }),
  };
};

export interface Pin {
  readonly badge: string;
  readonly name: string;
  readonly pin: string;
}

export const pin = (value: unknown): Pin => {
  const row = body(value);
  return { badge: text(row.badge), name: text(row.name), pin: text(row.pin) };
};
