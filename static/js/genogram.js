/* The genogram: larger, smaller, fit, and moving by hand or keyboard. Without this the drawing is simply scrolled. */
(() => {
  "use strict";

  function start(root) {
    if (!root || root.dataset.crStarted) return;
    root.dataset.crStarted = "";
    begin(root);
  }

  function begin(root) {
    const paper = root.querySelector("[data-cr-genogram-paper]");
    const bar = root.querySelector("[data-cr-genogram-bar]");
    const svg = paper.querySelector("svg");
    const full = svg.viewBox.baseVal;
    const STEP = 1.25;
    const MOST = 4;
    let scale = 1;

    // How high the paper may become; without a limit the window counts.
    const room = () => parseFloat(getComputedStyle(paper).maxHeight) || window.innerHeight;
    const fitting = () => Math.min(1, (paper.clientWidth - 16) / full.width, (room() - 16) / full.height);

    function draw(to) {
      const least = Math.min(fitting(), 0.3);
      const next = Math.max(least, Math.min(MOST, to));
      // What was in the middle stays in the middle.
      const middleX = (paper.scrollLeft + paper.clientWidth / 2) / scale;
      const middleY = (paper.scrollTop + paper.clientHeight / 2) / scale;
      scale = next;
      svg.setAttribute("width", String(Math.round(full.width * scale)));
      svg.setAttribute("height", String(Math.round(full.height * scale)));
      paper.scrollLeft = middleX * scale - paper.clientWidth / 2;
      paper.scrollTop = middleY * scale - paper.clientHeight / 2;
    }

    // On a telephone the whole would be too small to read: begin at a size that can be read, and let it be moved.
    const fit = () => draw(fitting());
    draw(Math.max(fitting(), 0.7));
    paper.scrollLeft = (paper.scrollWidth - paper.clientWidth) / 2;
    paper.scrollTop = 0;
    bar.hidden = false;

    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.crZoom === "in") draw(scale * STEP);
      if (button.dataset.crZoom === "out") draw(scale / STEP);
      if (button.dataset.crZoom === "fit") fit();
      if ("crPrint" in button.dataset) window.print();
    });

    root.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "+" || event.key === "=") draw(scale * STEP);
      else if (event.key === "-") draw(scale / STEP);
      else if (event.key === "0") fit();
      else return;
      event.preventDefault();
    });

    paper.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        draw(scale * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
      },
      { passive: false },
    );

    // A mouse takes hold of the paper; a finger scrolls it by itself.
    let held = null;
    paper.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      held = { x: event.clientX, y: event.clientY, left: paper.scrollLeft, top: paper.scrollTop, moved: false };
    });
    window.addEventListener("pointermove", (event) => {
      if (!held) return;
      const dx = event.clientX - held.x;
      const dy = event.clientY - held.y;
      if (Math.abs(dx) + Math.abs(dy) > 4) {
        held.moved = true;
        paper.classList.add("cr-is-dragged");
      }
      paper.scrollLeft = held.left - dx;
      paper.scrollTop = held.top - dy;
    });
    window.addEventListener("pointerup", () => {
      const moved = held && held.moved;
      held = null;
      paper.classList.remove("cr-is-dragged");
      // Letting go after moving is not a click on whoever happens to be there.
      if (moved) paper.addEventListener("click", (event) => event.preventDefault(), { once: true, capture: true });
    });
    paper.addEventListener("dragstart", (event) => event.preventDefault());
  }

  // A print that is saved as a file would carry the address behind every symbol: on paper a symbol leads nowhere.
  const links = () => document.querySelectorAll("a.gg-person");
  window.addEventListener("beforeprint", () => {
    for (const link of links()) {
      link.dataset.crHref = link.getAttribute("href") || link.dataset.crHref;
      link.removeAttribute("href");
    }
  });
  window.addEventListener("afterprint", () => {
    for (const link of links()) link.setAttribute("href", link.dataset.crHref);
  });

  start(document.querySelector("[data-cr-genogram]"));
  // On the page of the family the drawing comes later, from its own address.
  document.addEventListener("htmx:afterSettle", (event) => start(event.target.querySelector("[data-cr-genogram]")));
})();
