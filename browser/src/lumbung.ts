// Small behaviours. Every page works without them; they make it quicker and lose less.
import { hintAmounts } from "./amount";
import { confirmBeforeSubmit } from "./confirm";
import { placeCursor } from "./cursor";
import { disarmAfterSubmit } from "./disarm";
import { keepTyped } from "./keep";
import { printButtons } from "./print";
import { shareButtons } from "./share";

confirmBeforeSubmit(document);
disarmAfterSubmit(document);
printButtons(document);
shareButtons(document);
try {
  keepTyped(document, window.sessionStorage);
} catch {
  // Some private modes forbid the tab's storage; everything else works on.
}
// After a draft has come back, so that its amounts have their hints too.
hintAmounts(document);
placeCursor(document);
