#!/usr/bin/env node
// dist/ssrm.mjs: looks at the Node that runs it before anything loads that an old one can't read.
const major = Number(process.versions.node.split(".")[0]);
if (major < 22) {
  console.error(
    `ssrm needs Node 22 or later, got ${process.versions.node}: install a newer Node, ` +
      "or run `npm run --silent ssrm -- ARGS` in a checkout, which brings its own.",
  );
  process.exit(1);
}
await import(new URL("./ssrm-main.mjs", import.meta.url).href);
