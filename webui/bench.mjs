// How long one slider move takes: re-rank 14 places by 10 indicators in 2,000 draws, and larger studies.
import { build } from "esbuild";

const { outputFiles } = await build({ entryPoints: ["src/rank.ts"], bundle: true, format: "esm", write: false });
const { rerank } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);

for (const [places, leaves, count] of [[14, 10, 2000], [31, 20, 2000], [100, 20, 857], [197, 5, 761], [300, 30, 400]]) {
  const random = (n) => Float64Array.from({ length: n }, Math.random);
  const basis = { places, leaves, x: random(places * leaves), base: new Float64Array(leaves).fill(1 / leaves), draws: random(count * leaves), count };
  const sizes = [3, 5, places - 8];
  const times = [];
  for (let k = 0; k < 60; k++) {
    const user = random(leaves);
    const start = performance.now();
    rerank(basis, user, sizes, 0.9);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(`${places} x ${leaves} x ${count}: median ${times[30].toFixed(1)} ms, slowest ${times[59].toFixed(1)} ms`);
}
