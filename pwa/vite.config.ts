import { defineConfig } from "vitest/config";
import manifest from "./package.json" with { type: "json" };
import { precache } from "./precache.ts";

export default defineConfig({
  define: { __VERSION__: JSON.stringify(manifest.version) },
  plugins: [precache()],
  build: {
    // The oldest browsers that are supported; what they lack at run time is in src/older.ts.
    target: ["chrome100", "safari16.4"],
    // Nothing becomes a data: address; the content security policy allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { main: "index.html", sw: "src/sw/worker.ts" },
      output: {
        // The worker keeps its name: a browser finds the next version under the same address.
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
  test: { include: ["src/**/*.test.{ts,tsx}"] },
});
