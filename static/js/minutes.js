/* Chips that fill in a number of minutes; without this file the number is typed. */
(() => {
  "use strict";

  for (const chips of document.querySelectorAll("[data-cr-minutes-for]")) {
    const input = document.getElementById(chips.dataset.crMinutesFor);
    if (!input) continue;
    const show = () => {
      for (const chip of chips.children) chip.setAttribute("aria-pressed", String(chip.value === input.value));
    };
    chips.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (!chip) return;
      input.value = input.value === chip.value ? "" : chip.value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    input.addEventListener("input", show);
    chips.hidden = false;
    show();
  }
})();
