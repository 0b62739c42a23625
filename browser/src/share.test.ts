import { expect, test } from "vitest";
import { give, type Ways } from "./share";

const refuses = (name: string) => () => Promise.reject(Object.assign(new Error(), { name }));

test("a text leaves by the share sheet, else by the clipboard, else not at all", async () => {
  const copied: string[] = [];
  const clipboard = { writeText: async (text: string) => void copied.push(text) };
  const outcomes = async (...all: Ways[]) => Promise.all(all.map((ways) => give("struk", ways)));
  expect(await outcomes({ share: async () => undefined, clipboard }, { share: refuses("AbortError"), clipboard })).toEqual([
    "shared",
    "dropped",
  ]);
  expect(copied).toEqual([]);
  expect(await outcomes({ share: refuses("NotAllowedError"), clipboard }, { clipboard })).toEqual(["copied", "copied"]);
  expect(copied).toEqual(["struk", "struk"]);
  expect(await outcomes({}, { clipboard: { writeText: refuses("NotAllowedError") } })).toEqual(["failed", "failed"]);
});
