// The cursor goes to the first field that was refused, so that nobody looks for it; where nothing was
// refused, to a field with data-autofocus.
export function placeCursor(root: Document): void {
  const refused = root.querySelector(".field-error")?.closest(".field");
  const field = refused?.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea");
  (field ?? root.querySelector<HTMLElement>("[data-autofocus]"))?.focus();
}
