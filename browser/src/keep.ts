// What a person typed into a form with data-keep outlives a reload or a lost link. It is kept in this
// tab only, under the form's address, and thrown away once the form was sent and answered by another
// page. Passwords, codes and hidden fields are never kept.

export interface Place {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const PREFIX = "lumbung.keep.";
const NEVER = new Set(["password", "hidden", "file", "submit", "button"]);

interface Field {
  name: string;
  type: string;
  value: string;
  checked?: boolean;
}

/** The typed values of a form as text, or null where there is nothing to keep. */
export function typedValues(fields: Field[]): string | null {
  const kept: Record<string, string> = {};
  for (const field of fields) {
    if (!field.name || NEVER.has(field.type)) continue;
    const ticked = field.type === "checkbox" || field.type === "radio";
    if (ticked && !field.checked) continue;
    if (field.value !== "") kept[field.name] = field.value;
  }
  return Object.keys(kept).length > 0 ? JSON.stringify(kept) : null;
}

/** Reads kept values; anything that is not ours counts as nothing. */
export function readKept(text: string | null): Record<string, string> {
  if (!text) return {};
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read !== "object" || read === null || Array.isArray(read)) return {};
    return Object.fromEntries(
      Object.entries(read).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
    );
  } catch {
    return {};
  }
}

export function keepTyped(root: Document, place: Place): void {
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-keep]")) {
    const key = PREFIX + form.dataset.keep;
    // A form that comes back with its own sentences already holds what was typed.
    if (form.dataset.keepShown !== "yes") fill(form, readKept(place.getItem(key)));
    form.addEventListener("input", () => keep(form, key, place));
    form.addEventListener("submit", () => keep(form, key, place));
  }
  const done = root.querySelector<HTMLElement>("[data-kept-done]");
  if (done?.dataset.keptDone) place.removeItem(PREFIX + done.dataset.keptDone);
}

function keep(form: HTMLFormElement, key: string, place: Place): void {
  const text = typedValues(fieldsOf(form));
  try {
    if (text === null) place.removeItem(key);
    else place.setItem(key, text);
  } catch {
    // A full or forbidden place: the form works without it.
  }
}

function fill(form: HTMLFormElement, values: Record<string, string>): void {
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined || NEVER.has(field.type)) continue;
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
      field.checked = field.value === value;
    } else if (field.value === "") {
      field.value = value;
    }
  }
}

function fieldsOf(form: HTMLFormElement) {
  return [
    ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
      "input, textarea, select",
    ),
  ];
}
