// A second tap on "Simpan" sends nothing. The server would give the first answer again anyway; this
// spares the person the doubt. A page that comes back from the cache is armed again.
export function disarmAfterSubmit(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    window.setTimeout(() => setDisabled(form, true), 0);
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form")) setDisabled(form, false);
  });
}

function setDisabled(form: HTMLFormElement, disabled: boolean): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button:not([type=button])")) {
    button.disabled = disabled;
  }
}
