// A field with data-amount shows beside it, while it is typed in, which amount the server will read.
// Only a hint: the server reads the same text again and decides. What could mean two amounts gets no
// hint, since the server will ask.

const SCALES: Record<string, bigint> = {
  rb: 1_000n,
  ribu: 1_000n,
  k: 1_000n,
  jt: 1_000_000n,
  juta: 1_000_000n,
  miliar: 1_000_000_000n,
  milyar: 1_000_000_000n,
};

/** The largest amount that the server's 64 bits hold. */
const LARGEST = 9_223_372_036_854_775_807n;

/** The amount in whole rupiah, or null where the text is empty, unclear or no amount. */
export function readAmount(typed: string): bigint | null {
  const lower = typed.trim().toLowerCase();
  const bare = lower.replace(/^rp\.?\s*/, "").replace(/(,-|\s*rupiah)$/, "");
  const parts = /^([0-9][0-9.,]*?)\s*([a-z]*)$/.exec(bare);
  if (!parts) return null;
  const [, number = "", word = ""] = parts;
  const amount = word === "" ? readWhole(number) : readScaled(number, word);
  return amount === null || amount > LARGEST ? null : amount;
}

/** `1250000`, `1.250.000`, or with several commas as calculators write it. */
function readWhole(number: string): bigint | null {
  const plain = /^[0-9]+$/.test(number);
  const dotted = /^[1-9][0-9]{0,2}(\.[0-9]{3})+$/.test(number);
  const commas = /^[1-9][0-9]{0,2}(,[0-9]{3}){2,}$/.test(number);
  return plain || dotted || commas ? BigInt(number.replace(/[.,]/g, "")) : null;
}

/** `10rb`, `1,5jt`: three decimals could also be thousands, so those are left to the server. */
function readScaled(number: string, word: string): bigint | null {
  const scale = SCALES[word];
  const parts = /^([0-9]+)(?:[.,]([0-9]{1,2}|[0-9]{4,}))?$/.exec(number);
  if (scale === undefined || !parts) return null;
  const [, whole = "", decimals = ""] = parts;
  const top = BigInt(whole + decimals) * scale;
  const bottom = 10n ** BigInt(decimals.length);
  return top % bottom === 0n ? top / bottom : null;
}

/** `Rp 1.250.000`, as every page writes it. */
export function writeAmount(amount: bigint): string {
  return `Rp ${amount.toString().replace(/\B(?=(\d{3})+$)/g, ".")}`;
}

export function hintAmounts(root: Document): void {
  const typed = (event: Event) => {
    const field = event.target;
    if (field instanceof HTMLInputElement && field.dataset.amount !== undefined) hint(field);
  };
  root.addEventListener("input", typed);
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-amount]")) hint(field);
}

function hint(field: HTMLInputElement): void {
  const beside = field.nextElementSibling;
  const told = beside instanceof HTMLOutputElement ? beside : document.createElement("output");
  if (told !== beside) {
    told.className = "hint";
    field.after(told);
  }
  const amount = readAmount(field.value);
  told.textContent = amount === null ? "" : writeAmount(amount);
}
