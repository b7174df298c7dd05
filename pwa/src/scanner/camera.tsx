/** The camera as a scanner: reads without a button, stays on until it is left. Loaded on demand. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";
import type { Scan } from "../domain/operation.ts";
import { say, t } from "../words/text.ts";
import { prepare, scansIn, turnOf } from "./decoder.ts";
import { type Sightings, sighted } from "./repeats.ts";

/** Often enough to feel immediate, seldom enough for a cool handheld. */
const EVERY_MS = 120;
const WIDEST = 960;

type Light = MediaTrackCapabilities & { readonly torch?: boolean };

function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 } },
  });
}

/** The picture as it is now, no wider than a code needs, turned by so many degrees. */
function snapshot(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  degrees: number,
): ImageData | null {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const scale = Math.min(1, WIDEST / videoWidth);
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const { width, height } = canvas;
  context?.translate(width / 2, height / 2);
  context?.rotate((degrees * Math.PI) / 180);
  context?.drawImage(video, -width / 2, -height / 2, width, height);
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}

/** Reads until `signal` ends it; the same code counts again after 1.5 s. */
async function watch(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onScan: (scan: Scan) => void,
): Promise<void> {
  const canvas = document.createElement("canvas");
  let sightings: Sightings = new Map();
  let turn = 0;
  while (!signal.aborted) {
    const picture = document.hidden ? null : snapshot(video, canvas, turnOf(turn));
    const scans = picture ? await scansIn(picture) : [];
    // What is seen stays in sight: turned away, it would be new again.
    if (scans.length === 0) turn += 1;
    for (const scan of scans) {
      const seen = sighted(sightings, scan.data, performance.now());
      sightings = seen.sightings;
      if (seen.isNew && !signal.aborted) onScan(scan);
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

async function start(
  video: HTMLVideoElement,
  signal: AbortSignal,
  opened: (track: MediaStreamTrack | null) => void,
  onScan: (scan: Scan) => void,
): Promise<void> {
  const stream = await openCamera();
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  signal.addEventListener("abort", stop);
  if (signal.aborted) return stop();
  await prepare({ url: wasm });
  video.srcObject = stream;
  await video.play();
  opened(stream.getVideoTracks()[0] ?? null);
  await watch(video, signal, onScan);
}

export interface CameraProps {
  readonly onScan: (scan: Scan) => void;
}

export function Camera({ onScan }: CameraProps): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onScan);
  latest.current = onScan;
  const [track, setTrack] = useState<MediaStreamTrack | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    if (video.current) {
      start(video.current, ended.signal, setTrack, (scan) => latest.current(scan)).catch(() => {
        setFailed(!ended.signal.aborted);
        // A camera nobody can see through any more must not stay on.
        ended.abort();
      });
    }
    return () => ended.abort();
  }, []);
  if (failed) return <p class="says">{t(say("app.camera_failed"))}</p>;
  return (
    <div class="camera">
      <video ref={video} muted playsInline data-test="camera-video" />
      {track ? <Torch track={track} /> : null}
    </div>
  );
}

/** Only where the camera has a light. */
function Torch({ track }: { track: MediaStreamTrack }): JSX.Element | null {
  const [on, setOn] = useState(false);
  const { torch } = (track.getCapabilities?.() ?? {}) as Light;
  if (!torch) return null;
  const turn = (): void => {
    const wanted = { advanced: [{ torch: !on } as MediaTrackConstraintSet] };
    track.applyConstraints(wanted).then(
      () => setOn(!on),
      () => undefined,
    );
  };
  return (
    <button
      type="button"
      class="torch"
      data-test="torch"
      aria-pressed={on}
      aria-label={t(say("app.torch"))}
      onClick={turn}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor">
        <path d="M8 3h8l-1 6-2 2v10h-2V11L9 9zM8 6h8" stroke-width="2" stroke-linejoin="round" />
      </svg>
    </button>
  );
}
