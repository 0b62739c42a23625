// What the browser tests share: a Lumbung of their own, a Chromium, pictures, and a look at
// accessibility. Each test file runs in a process of its own, with a database of its own.

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";

import { chromium } from "playwright-core";

const here = fileURLToPath(new URL(".", import.meta.url));
const binary = process.env.LUMBUNG_BINARY ?? join(here, "../../target/debug/lumbung");
const browserPath = process.env.LUMBUNG_CHROMIUM ?? "/usr/bin/chromium";

/** The demo is the same in every run, so that a picture can be compared with last week's. */
export const SEED = 20251114;

/** A cheap phone held upright, and an office screen. */
export const WIDTHS = [360, 1280];

const START_MS = 20_000;
const STOP_MS = 15_000;
const DEMO_MS = 120_000;

// One process, one browser; what a page could fetch on its own account is switched off.
const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--no-first-run",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the real binary on a free port, over an empty SQLite database or, with `demo`, over the
 * demo city. `stop()` ends it and removes its folder.
 */
export async function startLumbung({ demo } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "lumbung-e2e-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const db = `sqlite:${join(folder, "lumbung.db")}`;
    const told = demo ? await run(["--db", db, "demo", "--seed", SEED, ...demo]) : "";
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const server = start(["--db", db, "serve", "--listen", `127.0.0.1:${port}`]);
    await answers(address, server);
    return {
      address,
      db,
      demo: told,
      async stop() {
        await end(server);
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Runs a command of the binary to its end and gives back what it printed. */
export async function run(words) {
  const child = start(words);
  const late = globalThis.setTimeout(() => child.process.kill("SIGKILL"), DEMO_MS);
  const code = await child.ended;
  clearTimeout(late);
  if (code !== 0) throw new Error(`lumbung ${words.join(" ")} ended with ${code}:\n${child.errors()}`);
  return child.output();
}

/** A Chromium that stays with itself. */
export async function startBrowser() {
  return chromium.launch({ executablePath: browserPath, args: BROWSER_ARGUMENTS });
}

/** Opens an address and says what was answered and what it all weighed on the wire. */
export async function open(page, address) {
  const requests = [];
  const note = (request) => requests.push(request);
  page.on("requestfinished", note);
  const response = await page.goto(address, { waitUntil: "networkidle" });
  page.off("requestfinished", note);
  const weights = await Promise.all(
    requests.map(async (request) => {
      const sizes = await request.sizes();
      return { address: request.url(), bytes: sizes.responseBodySize + sizes.responseHeadersSize };
    }),
  );
  const bytes = weights.reduce((sum, weight) => sum + weight.bytes, 0);
  return { status: response.status(), bytes, weights };
}

/** Takes the page as it looks on each width into `pictures/`, which is not kept in the repository. */
export async function pictures(page, name) {
  await mkdir(join(here, "pictures"), { recursive: true });
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: join(here, "pictures", `${name}-${width}.png`), fullPage: true });
  }
  if (before) await page.setViewportSize(before);
}

/** How many pixels of the page lie beyond the right edge of a screen of this width. */
export async function overflow(page, width) {
  await page.setViewportSize({ width, height: 800 });
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** What axe-core finds against WCAG 2.2 at level AA: one line for each element, empty when all is well. */
export async function accessibility(page) {
  const axe = createRequire(import.meta.url)("axe-core");
  // Evaluated through the debugger, since the page's own content policy forbids foreign scripts.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    }),
  );
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
}

function start(words) {
  const child = spawn(binary, words.map(String), { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let errors = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (errors += text));
  const ended = new Promise((resolve) => {
    child.on("error", (error) => {
      errors += `${binary}: ${error.message}`;
      resolve(-1);
    });
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  return { process: child, ended, output: () => output, errors: () => errors };
}

async function answers(address, server) {
  let ended;
  server.ended.then((code) => (ended = code));
  const last = Date.now() + START_MS;
  while (Date.now() < last) {
    if (ended !== undefined) throw new Error(`the server ended with ${ended}:\n${server.errors()}`);
    const answer = await fetch(address, { redirect: "manual" }).catch(() => undefined);
    if (answer) return;
    await sleep(50);
  }
  server.process.kill("SIGKILL");
  throw new Error(`no answer from ${address} in ${START_MS} ms:\n${server.errors()}`);
}

async function end(server) {
  server.process.kill("SIGTERM");
  const late = globalThis.setTimeout(() => server.process.kill("SIGKILL"), STOP_MS);
  await server.ended;
  clearTimeout(late);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
