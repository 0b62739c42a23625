/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./lumbung.css", import.meta.url), "utf8");

type Theme = Record<string, string>;

/** WCAG AA for text of normal size. */
const AA = 4.5;

const FILLS = ["primary", "secondary", "accent", "neutral", "info", "success", "warning", "error"];

/** Text on its ground, by the names of the theme's colours. */
const PAIRS: [string, string][] = [
  ["base-content", "base-100"],
  ["base-content", "base-200"],
  ["base-content", "base-300"],
  ["primary", "base-100"],
  ["primary", "base-200"],
  ...FILLS.map((fill): [string, string] => [`${fill}-content`, fill]),
];

function themes(stylesheet: string): Map<string, Theme> {
  const blocks = stylesheet.matchAll(/@plugin "daisyui\/theme" \{([^}]*)\}/g);
  const read = [...blocks].map(([, block = ""]): [string, Theme] => {
    const colours = block.matchAll(/--color-([a-z0-9-]+): (#[0-9a-f]{6});/g);
    const name = /name: "([^"]*)"/.exec(block)?.[1] ?? "";
    return [name, Object.fromEntries([...colours].map(([, key, value]) => [key, value]))];
  });
  return new Map(read);
}

function luminance(colour: string): number {
  const channel = (at: number) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour that `share` of `over` on `under` makes; near enough to what the browser mixes. */
function mixed(over: string, under: string, share: number): string {
  const channel = (at: number) => {
    const [a, b] = [over, under].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    const mix = Math.round((a ?? 0) * share + (b ?? 0) * (1 - share));
    return mix.toString(16).padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

test("there is a theme for the day and one for the night", () => {
  expect(themes(css).size).toBe(2);
});

test("every text can be read on its ground, by day and by night", () => {
  for (const [name, theme] of themes(css)) {
    for (const [text, ground] of PAIRS) {
      const reached = contrast(theme[text] ?? "", theme[ground] ?? "");
      expect(reached, `${name}: ${text} on ${ground}`).toBeGreaterThanOrEqual(AA);
    }
  }
});

test("a hint can be read although it is quieter", () => {
  for (const [name, theme] of themes(css)) {
    for (const ground of ["base-100", "base-200"]) {
      const under = theme[ground] ?? "";
      const quiet = mixed(theme["base-content"] ?? "", under, 0.78);
      expect(contrast(quiet, under), `${name}: hint on ${ground}`).toBeGreaterThanOrEqual(AA);
    }
  }
});

test("the reckoning agrees with known values, and a pale grey would be seen", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  expect(contrast("#aaaaaa", "#ffffff")).toBeLessThan(AA);
});
