// A day at the counter of the demonstration city: the cashier opens the drawer, sells, takes back;
// the treasurer sees the journal; a stranger checks the receipt.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { accessibility, overflow, pictures, startBrowser, startLumbung } from "./helpers.mjs";

let lumbung;
let browser;
let cashier;
let receiptAddress;
let receiptCode;

async function signIn(name) {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${lumbung.address}/masuk`);
  await page.getByLabel("Nama masuk").fill(name);
  await page.getByLabel("Kata sandi").fill("lumbung-contoh");
  await page.getByRole("main").getByRole("button", { name: "Masuk" }).click();
  await page.waitForLoadState("networkidle");
  return page;
}

before(async () => {
  lumbung = await startLumbung({ demo: ["--coops", "6", "--months", "1"] });
  browser = await startBrowser();
  cashier = await signIn("wanti");
});

after(async () => {
  await browser?.close();
  await lumbung?.stop();
});

test("the cashier opens the drawer and stands at the counter", async () => {
  await cashier.goto(`${lumbung.address}/kasir`);
  assert.match(cashier.url(), /\/kas\/laci/);
  await pictures(cashier, "drawer");
  await cashier.getByRole("button", { name: "Buka laci" }).click();
  await cashier.waitForLoadState("networkidle");
  await cashier.goto(`${lumbung.address}/kasir`);
  assert.match(cashier.url(), /\/kasir/);
  assert.ok(await cashier.getByText("Keranjang kosong").isVisible());
  assert.deepEqual(await accessibility(cashier), []);
});

test("two packs of SPHP for a member are sold and paid", async () => {
  await cashier.getByLabel("Pindai atau cari barang").fill("sphp");
  await cashier.getByLabel("Jumlah atau rupiah").fill("2");
  await cashier.getByLabel("Nomor anggota").fill("1");
  await cashier.getByRole("button", { name: "Tambah" }).click();
  await cashier.waitForLoadState("networkidle");
  const choice = cashier.getByRole("link", { name: /5 kg/ });
  if (await choice.count()) {
    await choice.first().click();
    await cashier.waitForLoadState("networkidle");
    await cashier.locator("input[name=q]").first().fill("2");
    await cashier.getByRole("button", { name: "Hitung ulang" }).click();
    await cashier.waitForLoadState("networkidle");
  }
  assert.equal(await overflow(cashier, 360), 0);
  assert.deepEqual(await accessibility(cashier), []);
  await pictures(cashier, "counter");
  await cashier.getByLabel("Uang diterima").fill("150rb");
  await cashier.getByRole("button", { name: "Bayar tunai" }).click();
  await cashier.waitForLoadState("networkidle");
  assert.match(cashier.url(), /\/struk\/.*baru=1/);
  assert.ok(await cashier.getByText("Lunas.").isVisible());
  receiptAddress = cashier.url().replace(/\?.*/, "");
  const text = await cashier.locator(".receipt").innerText();
  receiptCode = /\/cek\/(\S+)/.exec(text)[1];
  assert.match(text, /K\d{3}-A1-01-\d{6}/);
  assert.deepEqual(await accessibility(cashier), []);
  await pictures(cashier, "receipt");
  await cashier.emulateMedia({ media: "print" });
  assert.equal(await cashier.getByRole("button", { name: "Bagikan" }).count(), 0);
  await cashier.emulateMedia({ media: "screen" });
});

test("a stranger sees that the receipt is in the chain, and nobody's name", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${lumbung.address}/cek`);
  await page.getByLabel("Kode pada struk").fill(receiptCode);
  await page.getByRole("button", { name: "Periksa" }).click();
  await page.waitForLoadState("networkidle");
  assert.ok(await page.getByText("tercatat dan tidak berubah").isVisible());
  assert.deepEqual(await accessibility(page), []);
  await pictures(page, "check");
  await context.close();
});

test("one pack comes back only with a reason and within the limit", async () => {
  await cashier.goto(`${receiptAddress}/kembali`);
  await cashier.locator("input[name=qty-1]").fill("3");
  await cashier.getByLabel("Alasan").fill("salah ambil");
  await cashier.getByRole("button", { name: "Kembalikan uang" }).click();
  await cashier.waitForLoadState("networkidle");
  assert.ok(await cashier.getByText("masih bisa dikembalikan").isVisible());
  assert.equal(await cashier.locator("input[name=qty-1]").inputValue(), "3");
  await pictures(cashier, "refund");
});

test("the treasurer reads the sale in the books", async () => {
  const treasurer = await signIn("siti");
  await treasurer.goto(`${lumbung.address}/laporan/neraca-saldo`);
  assert.ok(await treasurer.getByText("Penjualan toko - anggota").isVisible());
  assert.equal(await overflow(treasurer, 360), 0);
  assert.deepEqual(await accessibility(treasurer), []);
  await pictures(treasurer, "trial-balance");
  await treasurer.goto(`${lumbung.address}/laporan/neraca`);
  assert.deepEqual(await accessibility(treasurer), []);
  await treasurer.context().close();
});
