import { describe, expect, test } from "vitest";
import { keyOf, keysOf, readKept, requestsAt, typedValues } from "./keep";

describe("what was typed", () => {
  test("is kept by name, without passwords, codes and hidden fields", () => {
    const kept = typedValues([
      { name: "amount", type: "text", value: "10rb" },
      { name: "password", type: "password", value: "rahasia" },
      { name: "code", type: "text", value: "123456", autocomplete: "one-time-code" },
      { name: "csrf", type: "hidden", value: "x" },
      { name: "", type: "text", value: "nameless" },
      { name: "nik", type: "text", value: "3273095708850001" },
      { name: "way", type: "radio", value: "tunai", checked: true },
      { name: "way", type: "radio", value: "bank", checked: false },
      { name: "row", type: "checkbox", value: "1", checked: true },
      { name: "row", type: "checkbox", value: "2", checked: true },
      { name: "urgent", type: "checkbox", value: "ya", checked: false },
    ]);
    expect(kept).toEqual({ amount: ["10rb"], way: ["tunai"], row: ["1", "2"], urgent: [] });
  });

  test("comes back as it was, and foreign text counts as nothing", () => {
    expect(readKept('{"amount":["10rb"]}')).toEqual({ amount: ["10rb"] });
    for (const foreign of [null, "", "{", "[]", "1", "null", '{"a":1}', '{"a":"b"}', '{"a":[1]}']) {
      expect(readKept(foreign)).toBeNull();
    }
  });
});

describe("a draft", () => {
  const keys = [keyOf("r1", "/kas/terima#0"), keyOf("r1", "/kas/terima#1"), keyOf("r10", "/kas#0"), "other|/kas#0"];

  test("is found again where its form stands, whatever request the page was drawn with", () => {
    expect(requestsAt(keys, "/kas/terima#0")).toEqual(["r1"]);
    expect(requestsAt(keys, "/kas#0")).toEqual(["r10"]);
    expect(requestsAt(keys, "/kas#1")).toEqual([]);
  });

  test("is done with its request, and with no other", () => {
    expect(keysOf(keys, "r1")).toEqual(keys.slice(0, 2));
    expect(keysOf(keys, "r")).toEqual([]);
  });
});
