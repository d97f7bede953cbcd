/* A button that copies the text beside it; without this file the text is selected by hand. */
(() => {
  "use strict";

  const SAID_FOR = 2000;
  if (!navigator.clipboard) return;

  for (const button of document.querySelectorAll("[data-cr-copy]")) {
    const text = button.parentElement.querySelector("[data-cr-text]");
    const label = button.querySelector("span");
    const words = label.textContent;
    label.setAttribute("role", "status");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
      } catch {
        // Not allowed to copy: the text stands selected instead.
        getSelection().selectAllChildren(text);
        return;
      }
      label.textContent = button.dataset.done;
      setTimeout(() => { label.textContent = words; }, SAID_FOR);
    });
  }
})();
