/** Build step: tells the service worker what to keep, and adds compressed siblings of the assets. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSED = /\.(?:js|css|html|svg|wasm|webmanifest)$/;
const NEVER_KEPT = /(?:^sw\.js|\.map|\.br|\.gz)$/;

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

function fill(folder: string): void {
  const kept = files(folder)
    .map((path) => relative(folder, path))
    .filter((path) => !NEVER_KEPT.test(path))
    .toSorted((a, b) => (a < b ? -1 : 1));
  const digest = createHash("sha256");
  for (const path of kept) digest.update(path).update(readFileSync(join(folder, path)));
  const worker = join(folder, "sw.js");
  const filled = readFileSync(worker, "utf8")
    .replace(/(["'`])__PRECACHE__\1/, JSON.stringify(kept.map((path) => `/${path}`)))
    .replace("__BUILD__", digest.digest("hex").slice(0, 12));
  if (filled.includes("__PRECACHE__")) throw new Error("sw.js has no place for the precache list");
  writeFileSync(worker, filled);
}

function compress(folder: string): void {
  for (const path of files(folder)) {
    if (!COMPRESSED.test(path)) continue;
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  }
}

export function precache(): Plugin {
  let folder = "";
  return {
    name: "tallyman-precache",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      fill(folder);
      compress(folder);
    },
  };
}
