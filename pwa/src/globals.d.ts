/** Filled in at build time from package.json. */
declare const __VERSION__: string;
