// A button with data-print prints the page.
export function printButtons(root: Document): void {
  root.addEventListener("click", (event) => {
    const target = event.target;
    if (target instanceof Element && target.closest("[data-print]")) window.print();
  });
}
