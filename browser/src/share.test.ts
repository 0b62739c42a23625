import { expect, test } from "vitest";
import { wayOf } from "./share";

test("a text leaves by the share sheet, else by the clipboard, else not at all", () => {
  expect(wayOf({ share: () => undefined, clipboard: {} })).toBe("share");
  expect(wayOf({ clipboard: {} })).toBe("copy");
  expect(wayOf({})).toBe("none");
});
