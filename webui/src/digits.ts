// Numbers on the wire and their significant digits, bit for bit as the Python side has them.

const STEPS = 65535;
const DIGITS = 10;
const POWERS = Array.from({ length: 617 }, (_, k) => Number(`1e${k - 308}`));

/** Read effective weights of the draws: rows of 16-bit shares, little-endian, in base64. */
export function unpackDraws(rows: string): Float64Array {
  const bytes = atob(rows);
  const weights = new Float64Array(bytes.length / 2);
  for (let k = 0; k < weights.length; k++) {
    weights[k] = (bytes.charCodeAt(2 * k) + 256 * bytes.charCodeAt(2 * k + 1)) / STEPS;
  }
  return weights;
}

/** Round to ten significant digits, halves to even, so that a last-bit difference never breaks a tie. */
export function roundSignificant(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const factor = POWERS[DIGITS - 1 - Math.floor(Math.log10(Math.abs(x))) + 308] ?? 1;
  const scaled = x * factor;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  return (up ? floor + 1 : floor) / factor;
}
