// The front door, as a stranger with a cheap phone sees it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibility, open, overflow, pictures, startBrowser, startLumbung } from "./helpers.mjs";

/** What a first visit may weigh on the wire, pages and all they need. */
const FIRST_LOAD_MAX = 60 * 1024;

let lumbung;
let browser;
let page;
let first;

before(async () => {
  lumbung = await startLumbung();
  browser = await startBrowser();
  page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  first = await open(page, lumbung.address);
});

after(async () => {
  await browser?.close();
  await lumbung?.stop();
});

test("the front page opens in Indonesian, with a main part to skip to", async () => {
  assert.equal(first.status, 200);
  assert.equal(await page.getAttribute("html", "lang"), "id");
  assert.equal(await page.getByRole("main").count(), 1);
});

test("a first visit is light enough for a weak link", () => {
  assert.ok(first.bytes < FIRST_LOAD_MAX, JSON.stringify(first.weights, null, 2));
});

test("nothing lies beyond the edge of a narrow screen", async () => {
  assert.equal(await overflow(page, 360), 0);
});

test("it can be read and used by everyone", async () => {
  assert.deepEqual(await accessibility(page), []);
});

test("it is pictured", async () => {
  await pictures(page, "front");
});
