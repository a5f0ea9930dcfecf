// Bundle the page's script and style into the Python package. The bytes depend on the sources alone.
import { readFileSync, writeFileSync } from "node:fs";

import { build } from "esbuild";

const out = process.argv[2] ?? "../src/innohub/web/static";
const shared = { bundle: true, minify: true, charset: "utf8", legalComments: "none", logLevel: "warning" };

await build({
  ...shared,
  entryPoints: ["src/main.ts"],
  outfile: `${out}/page.js`,
  format: "iife",
  target: "es2020",
  platform: "browser",
  define: { "process.env.NODE_ENV": '"production"' },
  footer: { js: "/* contains Apache ECharts (Apache-2.0) and zrender (BSD-3-Clause) */" },
});
await build({ ...shared, entryPoints: ["src/page.css"], outfile: `${out}/page.css` });

// What is bundled is passed on under its own terms, which ask for their text to go with it.
const terms = ["echarts/LICENSE", "echarts/NOTICE", "zrender/LICENSE", "tslib/LICENSE.txt"].map(
  (file) => `${"=".repeat(8)} ${file}\n\n${readFileSync(`node_modules/${file}`, "utf8").trim()}\n`,
);
writeFileSync(`${out}/LICENSES.txt`, terms.join("\n"));
