import { expect, test } from "vitest";
import { readAmount, writeAmount } from "./amount";

test("an amount is read as the server reads it", () => {
  const cases: [string, bigint][] = [
    ["Rp 1.250.000,-", 1_250_000n],
    ["rp1.250.000", 1_250_000n],
    ["1.250.000 rupiah", 1_250_000n],
    ["1250000", 1_250_000n],
    ["1.250", 1_250n],
    ["1,250,000", 1_250_000n],
    ["10rb", 10_000n],
    ["10 ribu", 10_000n],
    ["10k", 10_000n],
    ["1,5jt", 1_500_000n],
    ["1.5 juta", 1_500_000n],
    ["2,25 JUTA", 2_250_000n],
    ["2 miliar", 2_000_000_000n],
    ["9223372036854775807", 9_223_372_036_854_775_807n],
    [" 0 ", 0n],
  ];
  for (const [typed, amount] of cases) expect(readAmount(typed), typed).toBe(amount);
});

test("what the server would ask about or refuse gets no hint", () => {
  const doubtful = ["1,250", "1.250jt", "1.250,000", "3m", "1.25", "12.50", "1.25.000", "0.250.000"];
  const refused = ["0,5", "1,2345rb", "lima ribu", "1e5", "1 250 000", "9223372036854775808", "Rp", ""];
  for (const typed of [...doubtful, ...refused]) expect(readAmount(typed), typed).toBeNull();
});

test("an amount is written as every page writes it", () => {
  expect([0n, 999n, 1_000n, 1_250_000n].map(writeAmount)).toEqual([
    "Rp 0",
    "Rp 999",
    "Rp 1.000",
    "Rp 1.250.000",
  ]);
});
