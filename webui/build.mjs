// Bundle the page's script and style into the Python package. The bytes depend on the sources alone.
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
