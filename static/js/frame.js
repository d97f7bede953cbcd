/* The frame: menus that close, the current room in view, printing. Everything works without it. */
(() => {
  "use strict";

  const openMenus = () => document.querySelectorAll("details[data-cr-menu][open]");

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest("[data-cr-print]")) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });

  for (const row of document.querySelectorAll(".cr-tabs, .cr-scroll")) {
    const current = row.querySelector("[aria-current]");
    if (!current) continue;
    const from = current.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
    row.scrollLeft = Math.max(0, from + current.offsetWidth / 2 - row.clientWidth / 2);
  }
})();
