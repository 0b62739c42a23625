// What a person typed into a form with data-keep="<request id>" outlives a reload. It is kept in this
// tab only, and thrown away by a page with data-kept-done="<request id>". The server draws a new
// request id with each page, so a draft comes back together with its own: if the first attempt did
// arrive and only its answer was lost, sending again brings the first answer, not a second effect.

export interface Place {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

interface Field {
  name: string;
  type: string;
  value: string;
  autocomplete?: string;
  checked?: boolean;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** By name, the texts or the ticked values. */
export type Typed = Record<string, string[]>;

const PREFIX = "lumbung.keep.";
/** What identifies a citizen stays out of the browser's memory. */
const NEVER_NAMED = new Set(["", "nik"]);
const NEVER = new Set(["password", "hidden", "file", "submit", "button", "reset", "image"]);

/** Whether a field is kept: no passwords, no codes, nothing hidden. */
export function isKept(field: Field): boolean {
  return !NEVER_NAMED.has(field.name) && !NEVER.has(field.type) && !/password|one-time-code/.test(field.autocomplete ?? "");
}

/** The typed values of a form. */
export function typedValues(fields: Field[]): Typed {
  const typed: Typed = {};
  for (const field of fields.filter(isKept)) {
    const values = (typed[field.name] ??= []);
    if (!isTicked(field) || field.checked) values.push(field.value);
  }
  return typed;
}

/** Reads kept values; anything that is not ours counts as nothing. */
export function readKept(text: string | null): Typed | null {
  try {
    const read: unknown = JSON.parse(text ?? "");
    if (typeof read !== "object" || read === null || Array.isArray(read)) return null;
    const whole = Object.values(read).every(
      (values) => Array.isArray(values) && values.every((value) => typeof value === "string"),
    );
    return whole ? (read as Typed) : null;
  } catch {
    return null;
  }
}

/** The key of one form's draft: its request, and where the form stands. */
export function keyOf(request: string, spot: string): string {
  return `${PREFIX}${request}|${spot}`;
}

/** The requests that left a draft on this spot. */
export function requestsAt(keys: string[], spot: string): string[] {
  const ending = `|${spot}`;
  return keys
    .filter((key) => key.startsWith(PREFIX) && key.endsWith(ending))
    .map((key) => key.slice(PREFIX.length, -ending.length));
}

/** The keys of all drafts of one request. */
export function keysOf(keys: string[], request: string): string[] {
  return keys.filter((key) => key.startsWith(keyOf(request, "")));
}

export function keepTyped(root: Document, place: Place): void {
  const keys = Array.from({ length: place.length }, (_, index) => place.key(index) ?? "");
  for (const done of root.querySelectorAll<HTMLElement>("[data-kept-done]")) {
    const request = done.dataset.keptDone;
    for (const key of request ? keysOf(keys, request) : []) place.removeItem(key);
  }
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const reloaded = visit?.type === "reload";
  [...root.querySelectorAll<HTMLFormElement>("form[data-keep]")].forEach((form, index) => {
    const spot = `${location.pathname}${location.search}#${index}`;
    for (const request of requestsAt(keys, spot)) {
      const kept = readKept(place.getItem(keyOf(request, spot)));
      // A page that was gone to afresh begins a new matter: an old draft must not enter it.
      if (reloaded && kept) restore(form, request, kept);
      else if (request !== form.dataset.keep) place.removeItem(keyOf(request, spot));
    }
    const keep = () => remember(form, spot, place);
    form.addEventListener("input", keep);
    form.addEventListener("submit", keep);
  });
}

function restore(form: HTMLFormElement, request: string, kept: Typed): void {
  const hidden = form.querySelector<HTMLInputElement>("input[type=hidden][name=request_id]");
  if (hidden) hidden.value = request;
  form.dataset.keep = request;
  const left = new Map(Object.entries(kept).map(([name, values]) => [name, [...values]]));
  for (const field of fieldsOf(form).filter(isKept)) {
    const values = left.get(field.name);
    if (!values) continue;
    if (field instanceof HTMLInputElement && isTicked(field)) field.checked = values.includes(field.value);
    else field.value = values.shift() ?? field.value;
  }
}

function remember(form: HTMLFormElement, spot: string, place: Place): void {
  const request = form.dataset.keep;
  if (!request) return;
  try {
    place.setItem(keyOf(request, spot), JSON.stringify(typedValues(fieldsOf(form))));
  } catch {
    // A full or forbidden place: the form works without it.
  }
}

function isTicked(field: { type: string }): boolean {
  return field.type === "checkbox" || field.type === "radio";
}

function fieldsOf(form: HTMLFormElement): Control[] {
  return [...form.querySelectorAll<Control>("input, textarea, select")];
}
