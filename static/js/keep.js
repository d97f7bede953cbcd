/* Never lost. A form with data-cr-keep (the address of drafts) is kept on the server while somebody writes, at the
   latest two seconds behind; without a connection the open page keeps the text, says so, warns on leaving and goes on by
   itself. Saving is sent from here too: once, under the key of the form, again and again until the server has answered.
   Only "accepted" is handled here. Whatever else the server says, the same form is sent as a page, so that its own
   answer appears: nothing was made. Nothing is stored on the device. Says "cr:saved" to form.js when all is kept. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-cr-keep]");
  if (!form) return;

  const QUIET = 700; // after the last key
  const AT_LATEST = 1500; // after the first key that was not kept
  const PATIENCE = 10000; // for an answer
  const PAUSES = [1000, 2000, 4000, 8000, 15000];
  const HANDS_OFF = 3000; // what waits to be sent is not sent in the middle of a word
  const KEEPALIVE_MOST = 60000; // bytes that a browser still sends while the page closes
  const OWN = /^(csrfmiddlewaretoken|key|draft_(revision|page|step|contact))$/;

  const note = form.querySelector("[data-cr-keep-note]");
  const words = form.querySelector("[data-cr-keep-words]");
  const input = (name) => form.querySelector(`input[name="${name}"]`);

  let kept = null; // what the server has, as one string; null: not known
  let firstAt = 0; // since when something is not kept
  let lastAt = 0; // the last key
  let step = 0;
  let keeping = 0; // requests under way
  let failures = 0;
  let timer = 0;
  let closed = ""; // "locked" or "login": no use in asking until that is over
  let sending = null; // the button that was pressed, until the server has answered
  let asked = null; // the request that saves
  let native = false;

  // --- what stands in the form ----------------------------------------------------------------------------------------

  function token() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    return cookie ? decodeURIComponent(cookie[1]) : input("csrfmiddlewaretoken").value;
  }

  function written() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !OWN.test(name)) fields.append(name, value);
    }
    return fields;
  }

  function touched() {
    if ("crDirty" in form.dataset) return true;
    return [...form.elements].some((control) => {
      if (!control.name || control.type === "hidden" || control.tagName === "BUTTON") return false;
      if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
      return "defaultValue" in control && control.value !== control.defaultValue;
    });
  }

  const isKept = () => written().toString() === kept;

  // --- saying how it stands -------------------------------------------------------------------------------------------

  function say(state, { time = "", url = "" } = {}) {
    if (!note || !words) return;
    const wanted = words.querySelector(`[data-cr-when="${state}"]`);
    const line = wanted.cloneNode(true);
    line.removeAttribute("data-cr-when");
    for (const place of line.querySelectorAll("[data-cr-time]")) place.textContent = time;
    for (const link of line.querySelectorAll("a")) link.href = url || link.href;
    // What another device did stays on the page; the rest follows it. A reader of the screen hears only what is new.
    const place = wanted.hasAttribute("data-cr-stays") ? 0 : 1;
    while (note.children.length < 2) note.append(document.createElement("span"));
    if (note.children[place].innerHTML !== line.outerHTML) note.children[place].replaceChildren(line);
    if (place === 0) note.children[1].replaceChildren();
    else note.dataset.crState = state;
  }

  function login() {
    const back = encodeURIComponent(location.pathname + location.search);
    closed = "login";
    say("login", { url: `${form.dataset.crLogin}?next=${back}` });
  }

  // --- talking to the server ------------------------------------------------------------------------------------------

  async function post(url, body, { signal, keepalive = false } = {}) {
    body.set("csrfmiddlewaretoken", token());
    return fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      redirect: "follow",
      signal,
      keepalive,
      body,
    });
  }

  function patient() {
    const controller = new AbortController();
    const after = setTimeout(() => controller.abort(), PATIENCE);
    return { controller, done: () => clearTimeout(after) };
  }

  const isGone = (status) => status === 0 || status === 502 || status === 503 || status === 504;

  function plan(after) {
    clearTimeout(timer);
    timer = setTimeout(() => (sending ? attempt() : keep()), Math.max(0, after));
  }

  const later = () => plan(PAUSES[Math.min(failures++, PAUSES.length - 1)]);

  // --- the draft ------------------------------------------------------------------------------------------------------

  async function keep({ closing = false } = {}) {
    if ((keeping && !closing) || closed || native) return;
    const fields = written();
    const text = fields.toString();
    if (text === kept) return;
    step = Math.max(step + 1, Date.now());
    for (const name of ["key", "draft_revision", "draft_page", "draft_contact"]) {
      if (input(name)) fields.set(name, input(name).value);
    }
    fields.set("draft_step", String(step));
    const { controller, done } = patient();
    const keepalive = closing && text.length < KEEPALIVE_MOST;
    const key = input("key").value;
    keeping += 1;
    let answer = { status: 0 };
    let told = {};
    try {
      answer = await post(form.dataset.crKeep, fields, { signal: controller.signal, keepalive });
      told = await answer.json().catch(() => ({}));
    } catch { /* no connection, or nobody answers: status 0 says so */ }
    done();
    keeping -= 1;
    // A key that was changed meanwhile belongs to another draft.
    if (input("key").value === key) heard(answer.status, told, text);
  }

  function heard(status, told, text) {
    if (native) return;
    if (status === 200 && told.ref) isOnServer(told, text);
    else if (status === 409) goOnApart(told);
    else if (status === 410) say("sent", { url: told.go });
    else if (status === 413) say("large");
    else if (status === 401) login();
    else if (status === 423) closed = "locked";
    else if (isGone(status) || status >= 500) {
      if (!sending) say("offline");
      later();
    } else say("refused");
  }

  function isOnServer(told, text) {
    failures = 0;
    const revision = input("draft_revision");
    revision.value = String(Math.max(Number(revision.value) || 0, told.revision));
    const here = new URL(location.href);
    here.searchParams.set("concept", told.ref);
    if (here.href !== location.href) history.replaceState(history.state, "", here);
    kept = text;
    if (isKept()) {
      firstAt = 0;
      form.dispatchEvent(new CustomEvent("cr:saved", { bubbles: true }));
      if (!sending) say("kept", { time: told.saved_at });
    } else plan(0);
  }

  // Both texts stay: the other draft is left as it is, what stands here becomes one of its own.
  function goOnApart(told) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    input("key").value = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
    input("draft_revision").value = "";
    if (told.url) say("elsewhere", { url: told.url });
    plan(0);
  }

  function changed() {
    const now = Date.now();
    firstAt ||= now;
    lastAt = now;
    if (!closed && !sending && !failures) plan(Math.min(QUIET, firstAt + AT_LATEST - now));
    else if (!closed && !sending) say("offline");
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);

  // --- saving ---------------------------------------------------------------------------------------------------------

  function busy(is) {
    const button = sending && sending.button;
    if (!button) return;
    button.classList.toggle("is-busy", is);
    if (is) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }

  const isOurs = (event) => !native && !(event.submitter && event.submitter.hasAttribute("formaction"));

  // Pressed again while it is on its way: before anybody else hears it, for what is sent stays the same.
  form.addEventListener("submit", (event) => {
    if (!sending || !isOurs(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (closed === "login") closed = "";
    lastAt = 0;
    attempt();
  }, true);

  form.addEventListener("submit", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    const button = event.submitter;
    sending = { button: button || form.querySelector("button[type=submit]"), named: button };
    lastAt = 0;
    if (closed === "login") closed = "";
    attempt();
  });

  async function attempt() {
    clearTimeout(timer);
    if (!sending || asked || closed || native) return;
    const rest = lastAt + HANDS_OFF - Date.now();
    if (rest > 0) {
      plan(rest);
      return;
    }
    const { controller, done } = patient();
    asked = controller;
    busy(true);
    say("sending");
    let answer = { status: 0, ok: false };
    let told = {};
    try {
      answer = await post(form.getAttribute("action") || location.href, toSend(), { signal: controller.signal });
      if (answer.ok) told = await answer.json().catch(() => ({}));
    } catch { /* as above */ }
    done();
    asked = null;
    busy(false);
    answered(answer, told);
  }

  function toSend() {
    const all = new FormData(form, sending.named || undefined);
    if (form.enctype === "multipart/form-data") return all;
    return new URLSearchParams([...all].filter(([, value]) => typeof value === "string"));
  }

  function answered(answer, told) {
    if (answer.ok && (told.go || answer.redirected)) {
      sending = null;
      native = true;
      form.dispatchEvent(new CustomEvent("cr:saved", { bubbles: true }));
      location.assign(told.go || answer.url);
    } else if (isGone(answer.status)) {
      say("waiting");
      later();
    } else if (answer.status === 401) login();
    else if (answer.status === 423) closed = "locked";
    else asPage();
  }

  // The server has something to say: errors at the fields, both texts, a closed door. Its page says it.
  function asPage() {
    const { named } = sending;
    native = true;
    sending = null;
    for (const guard of form.querySelectorAll("input[name=csrfmiddlewaretoken]")) guard.value = token();
    form.requestSubmit(named || undefined);
  }

  // --- going on by itself ---------------------------------------------------------------------------------------------

  function wake() {
    if (closed === "login") closed = "";
    if (closed || asked || (!sending && isKept())) return;
    failures = 0;
    plan(0);
  }
  window.addEventListener("online", wake);
  window.addEventListener("focus", wake);
  document.addEventListener("cr:unlocked", () => {
    if (closed === "locked") closed = "";
    wake();
  });
  window.addEventListener("offline", () => { if (!sending && !isKept()) say("offline"); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) keep({ closing: true });
    else wake();
  });
  window.addEventListener("pagehide", () => keep({ closing: true }));
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    native = false;
    sending = null;
    wake();
  });
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });

  if (touched()) {
    firstAt = Date.now();
    plan(0);
  } else kept = written().toString();
})();
