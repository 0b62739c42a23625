// A second tap on "Simpan" sends nothing. The server would give the first answer again anyway; this
// spares the person the doubt. A page that comes back from the cache is armed again; a button that the
// server drew disabled stays so.
export function disarmAfterSubmit(root: Document): void {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement)) return;
    // Only after the form's content was taken, or the pressed button's own value would be missing.
    window.setTimeout(() => disarm(form), 0);
  });
  window.addEventListener("pageshow", () => {
    for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-disarmed]")) {
      button.disabled = false;
      delete button.dataset.disarmed;
    }
  });
}

function disarm(form: HTMLFormElement): void {
  for (const button of form.querySelectorAll<HTMLButtonElement>("button:not([type=button])")) {
    if (button.disabled) continue;
    button.disabled = true;
    button.dataset.disarmed = "";
  }
}
