/* Confidential facts: the words to search for are proposed from what was typed, and a text that touches a fact says so.
   data-cr-propose on a form: ask for words when the text has been written and no words are there yet.
   data-cr-check on a text: ask quietly, a moment after typing, what it touches; the answer stands under the field.
   Without this file the server proposes and warns at saving. */
(() => {
  "use strict";

  const PAUSE = 700;
  const token = (form) => form.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  async function ask(url, fields) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        body: new URLSearchParams(fields),
        headers: { "HX-Request": "true" },
        credentials: "same-origin",
      });
      return answer.ok ? await answer.text() : null;
    } catch {
      return null;
    }
  }

  for (const form of document.querySelectorAll("form[data-cr-propose]")) {
    const { value, terms, kind } = form.elements;
    let own = terms.value.trim() !== "";
    terms.addEventListener("input", () => { own = terms.value.trim() !== ""; });
    const propose = async () => {
      if (own || value.value.trim() === "") return;
      const words = await ask(form.dataset.crPropose, [
        ["csrfmiddlewaretoken", token(form)], ["kind", kind.value], ["value", value.value],
      ]);
      if (words !== null && !own) terms.value = words;
    };
    value.addEventListener("change", propose);
    kind.addEventListener("change", propose);
  }

  for (const field of document.querySelectorAll("[data-cr-check]")) {
    const form = field.form;
    const line = document.createElement("div");
    line.setAttribute("role", "status");
    (field.closest(".utrecht-form-field") || field).append(line);
    let timer = 0;
    let asked = 0;

    const readers = () => {
      const chosen = [...form.querySelectorAll("input[name=readers]:checked, input[name=participants]:checked")].map((box) => box.value);
      chosen.push(...(field.dataset.crCheckReaders || "").split(" ").filter(Boolean));
      const owner = form.elements.owner?.value || "";
      if (owner.startsWith("party:")) chosen.push(owner.slice(6));
      const roles = (field.dataset.crCheckOwners || "").split(" ").map((pair) => pair.split("="));
      chosen.push(...roles.filter(([role]) => role && role === owner).map(([, party]) => party));
      if (form.elements.is_common?.checked) chosen.push(...(field.dataset.crCheckAll || "").split(" ").filter(Boolean));
      return chosen;
    };
    const check = async () => {
      const turn = ++asked;
      if (field.value.trim() === "") { line.replaceChildren(); return; }
      const found = await ask(field.dataset.crCheck, [
        ["csrfmiddlewaretoken", token(form)], ["text", field.value], ...readers().map((ref) => ["reader", ref]),
      ]);
      // An answer that was overtaken by a later letter says nothing any more.
      if (found !== null && turn === asked) line.innerHTML = found;
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(check, PAUSE);
    });
    if (field.value.trim() !== "") check();
  }
})();
