/* Forms: one submit at a time, a warning before text is lost, a count for long text, Ctrl+Enter saves.
   data-cr-guard on a form: warn on leaving with unsaved text. data-cr-dirty: it arrives unsaved (errors).
   Others say "cr:saved" on the form when a draft has been kept. */
(() => {
  "use strict";

  const BUSY_FOR = 8000; // a download or an error page leaves us on this page: give the button back
  const NEARLY_FULL = 0.8;
  const dirty = new Set();

  const buttonOf = (form, event) => event.submitter || form.querySelector("button[type=submit]");

  function free(form) {
    delete form.dataset.crBusy;
    for (const button of document.querySelectorAll(".utrecht-button.is-busy")) {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.dataset.crBusy) {
      if (form.dataset.crBusy) event.preventDefault();
      return;
    }
    // After every other listener had its say: what they send themselves is theirs to guard.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.crBusy = "1";
      dirty.delete(form);
      const button = buttonOf(form, event);
      if (button) {
        button.classList.add("is-busy");
        button.setAttribute("aria-busy", "true");
      }
      setTimeout(() => free(form), BUSY_FOR);
    });
  });

  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-cr-busy]").forEach(free);
  });

  for (const form of document.querySelectorAll("form[data-cr-guard]")) {
    if ("crDirty" in form.dataset) dirty.add(form);
    form.addEventListener("input", () => dirty.add(form));
    form.addEventListener("reset", () => dirty.delete(form));
    form.addEventListener("cr:saved", () => dirty.delete(form));
  }
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });

  // The same length the server counts: characters, with a line end as two (as it is sent).
  const lengthOf = (text) => [...text.replace(/\r?\n/g, "\r\n")].length;

  function count(area) {
    const line = document.querySelector(`[data-cr-count-for="${CSS.escape(area.id)}"]`);
    if (!line) return;
    const limit = Number(area.dataset.crLimit);
    // Counting a long text at every key would be felt; far below the limit nothing has to be counted.
    if (area.value.length < limit * NEARLY_FULL * 0.9) {
      line.hidden = true;
      return;
    }
    const left = limit - lengthOf(area.value);
    line.hidden = left > limit * (1 - NEARLY_FULL);
    line.classList.toggle("cr-count--over", left < 0);
    const words = left < 0 ? line.dataset.over : line.dataset.left;
    line.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
  }

  for (const area of document.querySelectorAll("textarea[data-cr-limit]")) {
    let waiting;
    area.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(count, 300, area);
    });
    count(area);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    const form = event.target.form;
    if (event.target.tagName === "TEXTAREA" && form) form.requestSubmit();
  });

  const summary = document.querySelector("[data-cr-error-summary]");
  if (summary) {
    summary.focus({ preventScroll: false });
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      const control = field.tagName === "FIELDSET" ? field.querySelector("input, select, textarea") : field;
      field.scrollIntoView({ block: "center" });
      (control || field).focus({ preventScroll: true });
    });
  }
})();
