// A button with data-share gives a text to the phone's share sheet, so that it reaches WhatsApp
// without a gateway; where there is none, or it refuses, the text is copied.

export interface Ways {
  share?: (data: { text: string }) => Promise<void>;
  clipboard?: { writeText(text: string): Promise<void> };
}

/** What became of a text; dropped where the person closed the sheet. */
export type Outcome = "shared" | "copied" | "dropped" | "failed";

/** Hands a text on by the first way that works. */
export async function give(text: string, ways: Ways): Promise<Outcome> {
  if (ways.share) {
    try {
      await ways.share({ text });
      return "shared";
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") return "dropped";
    }
  }
  try {
    if (!ways.clipboard) return "failed";
    await ways.clipboard.writeText(text);
    return "copied";
  } catch {
    return "failed";
  }
}

export function shareButtons(root: Document): void {
  const ways: Ways = navigator;
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-share]")) {
    // Without TLS a browser gives a page neither; the text stands on the page all the same.
    if (!ways.share && !ways.clipboard) button.hidden = true;
    else button.addEventListener("click", () => void pass(button, ways));
  }
}

async function pass(button: HTMLButtonElement, ways: Ways): Promise<void> {
  const outcome = await give(button.dataset.share ?? "", bound(ways));
  if (outcome === "copied") button.textContent = button.dataset.shared ?? "Tersalin";
}

/** `navigator.share` works only when called on the navigator. */
function bound(ways: Ways): Ways {
  return {
    ...(ways.share ? { share: (data: { text: string }) => navigator.share(data) } : {}),
    ...(ways.clipboard ? { clipboard: ways.clipboard } : {}),
  };
}
