/* Logging a contact: what the line with the cursor is, how whom was chosen may be reached, moments of one tap, and the
   offer to make lines of a pasted chat. The marks stand in the text itself, so that without this file they are typed. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-cr-log]");
  if (!form) return;

  const changed = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));
  // A tap on a chip must not take the cursor out of the text.
  const keepCursor = (bar) => bar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });

  // --- what a line is ------------------------------------------------------------------------------------------------

  const bar = form.querySelector("[data-cr-marks-for]");
  const area = bar && document.getElementById(bar.dataset.crMarksFor);
  const MARK = /^\s*(?:@([^:\n]*?)(\*?):|([!~]))[^\S\n]?/;
  const SOURCE = /\s*\(bron:([^\n]*)\)\s*$/i;

  if (area) {
    const chips = [...bar.querySelectorAll("[data-cr-marks-for] > .cr-chips .cr-chip[value]")];
    const sources = bar.querySelector("[data-cr-sources]");
    const now = bar.querySelector("[data-cr-mark-now]");
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").trim().toLowerCase();
    const mayClose = "hint" in now.dataset;

    const lineAt = (place) => {
      const start = area.value.lastIndexOf("\n", place - 1) + 1;
      const end = area.value.indexOf("\n", place);
      return { start, end: end < 0 ? area.value.length : end };
    };

    function read() {
      const { start, end } = lineAt(area.selectionStart);
      const text = area.value.slice(start, end);
      const found = text.match(MARK);
      if (!found) return { start, end, text, mark: "", length: 0, closed: false };
      const who = found[1] === undefined ? "" : fold(found[1]);
      const chip = who && chips.find((one) => one.value[0] === "@" && (fold(one.value.slice(1)) === who || fold(one.dataset.name) === who));
      return { start, end, text, mark: found[3] || (chip ? chip.value : "@?"), length: found[0].length, closed: Boolean(found[2]) };
    }

    function show() {
      const line = read();
      const chosen = chips.find((chip) => chip.value === line.mark);
      for (const chip of chips) {
        chip.setAttribute("aria-pressed", String(chip === chosen));
        const closed = chip === chosen && line.closed;
        chip.toggleAttribute("data-closed", closed);
        const lock = chip.querySelector(".cr-chip__lock");
        if (lock) lock.hidden = !closed;
      }
      sources.hidden = line.mark !== "!";
      if (!sources.hidden) {
        const known = (line.text.match(SOURCE) || ["", ""])[1].trim();
        for (const chip of sources.querySelectorAll("button")) {
          const value = chip.value.trim();
          const fits = value ? known === value || (chip.value.endsWith(" ") && known.startsWith(value)) : false;
          chip.setAttribute("aria-pressed", String(fits));
        }
      }
      say(line, chosen);
    }

    function say(line, chosen) {
      let words = now.dataset.report;
      if (line.mark === "!") words = now.dataset.fact;
      else if (line.mark === "~") words = now.dataset.interpretation;
      else if (line.mark) {
        const name = chosen ? chosen.dataset.name : "…";
        words = (line.closed ? now.dataset.closed : now.dataset.statement).replace("{name}", name);
        if (!line.closed && chosen && mayClose) words += ` ${now.dataset.hint}`;
      }
      if (now.textContent !== words) now.textContent = words;
    }

    // Through the browser's own editing, so that undo takes it back; set at once where there is none.
    function replace(start, end, text) {
      area.focus();
      area.setSelectionRange(start, end);
      const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
      if (!done) {
        area.setRangeText(text, start, end, "end");
        changed(area);
      }
    }

    function mark(chip) {
      const line = read();
      const caret = area.selectionStart - line.start;
      const again = chip.value && chip.value === line.mark;
      let prefix = chip.value;
      if (prefix[0] === "@") prefix += again && !line.closed && mayClose ? "*: " : ": ";
      else if (prefix) prefix += " ";
      replace(line.start, line.start + line.length, prefix);
      const place = line.start + Math.max(prefix.length, caret - line.length + prefix.length);
      area.setSelectionRange(place, place);
      show();
    }

    function source(chip) {
      const line = read();
      const found = line.text.match(SOURCE);
      const from = found ? line.start + found.index : line.start + line.text.trimEnd().length;
      const text = ` (bron: ${chip.value})`;
      replace(from, line.end, text);
      // What is still to be named is typed at once; otherwise the next line begins where it always did.
      const place = from + text.length - (chip.value && !chip.value.endsWith(" ") ? 0 : 1);
      area.setSelectionRange(place, place);
      show();
    }

    keepCursor(bar);
    bar.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (!chip) return;
      if (sources.contains(chip)) source(chip);
      else mark(chip);
    });
    document.addEventListener("selectionchange", () => { if (document.activeElement === area) show(); });
    area.addEventListener("input", show);
    bar.hidden = false;
    const plain = form.querySelector("[data-cr-plain]");
    if (plain) plain.hidden = true;
    show();
    // Who begins to write sees the chips of the line too, above what sticks to the bottom of a phone.
    if (document.activeElement === area) bar.scrollIntoView({ block: "nearest" });
  }

  // --- whom: how she may be reached, and what she said of safety ---------------------------------------------------------

  const people = [...form.querySelectorAll("input[name=participants]")];
  const chosenList = form.querySelector("[data-cr-reach-chosen]");
  const otherList = form.querySelector("[data-cr-reach-others]");
  const moreReach = form.querySelector("[data-cr-reach-more]");
  const safety = form.querySelector("[data-cr-safety]");

  function showPeople() {
    const there = new Set(people.filter((box) => box.checked).map((box) => box.value));
    if (chosenList && otherList) {
      for (const item of form.querySelectorAll("li[data-cr-person]")) {
        const list = there.has(item.dataset.crPerson) ? chosenList : otherList;
        if (item.parentElement !== list) list.append(item);
      }
      moreReach.hidden = !otherList.children.length;
    }
    if (!safety) return;
    let shown = 0;
    for (const row of safety.querySelectorAll("[data-cr-person]")) {
      const is = there.has(row.dataset.crPerson);
      row.hidden = !is;
      row.disabled = !is;
      if (is) shown += 1;
    }
    safety.querySelector("[data-cr-safety-none]").hidden = shown > 0;
    showHint();
  }

  function showHint() {
    safety.querySelector("[data-cr-unsafe-hint]").hidden = !safety.querySelector("[data-cr-person]:not([hidden]) input[value=unsafe]:checked");
  }

  // A second tap takes an answer back.
  for (const part of [safety, ...form.querySelectorAll("[data-cr-untap]")].filter(Boolean)) {
    let was = null;
    part.addEventListener("pointerdown", (event) => {
      const label = event.target.closest("label");
      const input = label && label.querySelector("input");
      was = input && input.checked ? input : null;
    });
    part.addEventListener("click", (event) => {
      if (event.target === was) {
        was.checked = false;
        was = null;
        changed(event.target);
      }
      if (part === safety) showHint();
    });
  }
  if (safety) safety.addEventListener("change", showHint);
  form.addEventListener("change", (event) => { if (event.target.name === "participants") showPeople(); });
  if (people.length) showPeople();

  // --- when ------------------------------------------------------------------------------------------------------------

  const moments = form.querySelector("[data-cr-moments]");
  const when = moments && document.getElementById(moments.dataset.crMoments);
  if (when && moments.children.length) {
    const just = moments.querySelector("[data-cr-just-now]");
    const minutes = just && document.getElementById(just.dataset.crJustNow);
    const opened = Date.now();
    const asked = just ? just.value : "";
    // What has just been is over now: it began as long ago as it took. Counted on the server's clock, not the phone's.
    const justNow = () => {
      const moment = new Date(`${asked}Z`);
      moment.setTime(moment.getTime() + (Date.now() - opened) - (Number(minutes.value) || 0) * 60000);
      return moment.toISOString().slice(0, 16);
    };
    let isJustNow = Boolean(just) && when.value === asked;

    function showMoment() {
      for (const chip of moments.children) {
        const is = chip === just ? isJustNow : !isJustNow && chip.value === when.value;
        chip.setAttribute("aria-pressed", String(is));
      }
    }
    moments.addEventListener("click", (event) => {
      const chip = event.target.closest("button");
      if (!chip) return;
      isJustNow = chip === just;
      when.value = isJustNow ? justNow() : chip.value;
      changed(when);
      showMoment();
    });
    when.addEventListener("input", (event) => {
      if (event.isTrusted) isJustNow = false;
      showMoment();
    });
    if (minutes) minutes.addEventListener("input", () => { if (isJustNow) when.value = justNow(); });
    // Once sent it stays what it was: the same form sent again is the same contact.
    form.addEventListener("submit", (event) => {
      if (isJustNow && !event.submitter?.hasAttribute("formaction")) when.value = justNow();
      isJustNow = isJustNow && Boolean(event.submitter?.hasAttribute("formaction"));
    });
    moments.hidden = false;
    showMoment();
  }

  // --- a chat that is pasted ------------------------------------------------------------------------------------------

  const offer = form.querySelector("[data-cr-chat-offer]");
  const MESSAGE = /^[\u200e\u200f]?\[?\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4},? \d{1,2}[:.]\d{2}/;
  if (offer && area) {
    area.addEventListener("paste", (event) => {
      const text = event.clipboardData ? event.clipboardData.getData("text/plain").slice(0, 5000) : "";
      if (text.split("\n").filter((line) => MESSAGE.test(line)).length >= 2) offer.hidden = false;
    });
    offer.addEventListener("click", (event) => { if (event.target.closest("[data-cr-chat-no]")) offer.hidden = true; });
  }
})();
