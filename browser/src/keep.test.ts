import { describe, expect, test } from "vitest";
import { readKept, typedValues } from "./keep";

describe("what was typed", () => {
  test("is kept by name, without passwords, hidden fields and empty ones", () => {
    const kept = typedValues([
      { name: "amount", type: "text", value: "10rb" },
      { name: "password", type: "password", value: "rahasia" },
      { name: "csrf", type: "hidden", value: "x" },
      { name: "note", type: "textarea", value: "" },
      { name: "way", type: "radio", value: "tunai", checked: true },
      { name: "way", type: "radio", value: "bank", checked: false },
    ]);
    expect(kept).toBe('{"amount":"10rb","way":"tunai"}');
  });

  test("is nothing where nothing was typed", () => {
    expect(typedValues([{ name: "amount", type: "text", value: "" }])).toBeNull();
  });

  test("comes back as it was, and foreign text counts as nothing", () => {
    expect(readKept('{"amount":"10rb"}')).toEqual({ amount: "10rb" });
    for (const foreign of [null, "", "{", "[]", "1", '{"a":1}']) expect(readKept(foreign)).toEqual({});
  });
});
