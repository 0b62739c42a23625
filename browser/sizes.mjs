// Prints what a phone has to fetch, and fails when it grows past its budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const budget = 40 * 1024;
let total = 0;
for (const name of ["lumbung.css", "lumbung.js"]) {
  const size = gzipSync(readFileSync(new URL(`dist/${name}`, import.meta.url))).length;
  total += size;
  console.log(`${name}: ${size} bytes compressed`);
}
console.log(`together: ${total} bytes of ${budget}`);
if (total > budget) process.exit(1);
