// A button with data-share gives a text to the phone's share sheet, so that it reaches WhatsApp
// without a gateway; where there is none, it is copied.

export type Way = "share" | "copy" | "none";

/** Which way a text can leave this browser. */
export function wayOf(navigator: { share?: unknown; clipboard?: unknown }): Way {
  if (typeof navigator.share === "function") return "share";
  return navigator.clipboard ? "copy" : "none";
}

export function shareButtons(root: Document): void {
  const way = wayOf(navigator);
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-share]")) {
    if (way === "none") {
      button.hidden = true;
      continue;
    }
    button.addEventListener("click", () => void give(button, way));
  }
}

async function give(button: HTMLButtonElement, way: Way): Promise<void> {
  const text = button.dataset.share ?? "";
  try {
    if (way === "share") await navigator.share({ text });
    else {
      await navigator.clipboard.writeText(text);
      button.textContent = button.dataset.shared ?? "Tersalin";
    }
  } catch {
    // The person closed the sheet: nothing is wrong.
  }
}
