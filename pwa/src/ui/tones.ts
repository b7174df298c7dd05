/** Three answers a person hears and feels: they differ in shape, not only in pitch. */
import type { Tone } from "../flows/flow.ts";

interface Note {
  readonly shape: OscillatorType;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly lasts: number;
  readonly loud: number;
}

const NOTES: Readonly<Record<Tone, readonly Note[]>> = {
  /** One rising chirp. */
  ok: [{ shape: "sine", from: 1400, to: 2200, at: 0, lasts: 0.12, loud: 0.6 }],
  /** A tick: the scan was read, nothing was booked. */
  step: [{ shape: "sine", from: 1000, to: 1000, at: 0, lasts: 0.03, loud: 0.3 }],
  /** Two even knocks. */
  caution: [
    { shape: "triangle", from: 700, to: 700, at: 0, lasts: 0.14, loud: 0.7 },
    { shape: "triangle", from: 700, to: 700, at: 0.24, lasts: 0.14, loud: 0.7 },
  ],
  /** A long falling buzz. */
  wrong: [{ shape: "sawtooth", from: 320, to: 110, at: 0, lasts: 0.7, loud: 0.8 }],
};

const SHAKES: Readonly<Record<Tone, readonly number[]>> = {
  ok: [60],
  step: [15],
  caution: [60, 80, 60],
  wrong: [350, 80, 350],
};

let audio: AudioContext | null = null;

/** Browsers open sound on a gesture only, and iOS closes it again: call on every one. */
export function openSound(): void {
  audio ??= new AudioContext();
  if (audio.state !== "running") {
    audio.resume().catch(() => undefined);
  }
}

function play(context: AudioContext, note: Note): void {
  const start = context.currentTime + note.at;
  const end = start + note.lasts;
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.type = note.shape;
  oscillator.frequency.setValueAtTime(note.from, start);
  oscillator.frequency.linearRampToValueAtTime(note.to, end);
  volume.gain.setValueAtTime(note.loud, start);
  volume.gain.setValueAtTime(note.loud, end - 0.01);
  volume.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(end);
}

export function sound(tone: Tone): void {
  if (audio) {
    for (const note of NOTES[tone]) {
      play(audio, note);
    }
  }
  navigator.vibrate?.([...SHAKES[tone]]);
}

const LOWEST = 300;
const STEP = 160;

/** Higher the more tags there are; silent while only known ones are heard. */
export function rising(tags: number): void {
  if (audio) {
    const pitch = LOWEST + STEP * Math.log2(1 + tags);
    play(audio, { shape: "sine", from: pitch, to: pitch * 1.1, at: 0, lasts: 0.06, loud: 0.4 });
  }
}

/** Like a geiger counter: the nearer, the higher and the more often. */
export function geiger(near: number): void {
  if (!audio) {
    return;
  }
  const ticks = 1 + Math.round(near / 25);
  for (let n = 0; n < ticks; n += 1) {
    const pitch = 500 + near * 15;
    const at = (n * 0.2) / ticks;
    play(audio, { shape: "square", from: pitch, to: pitch, at, lasts: 0.02, loud: 0.4 });
  }
}
