/* The idle lock. It hides the page, not only the screen: the server locks the session as well.
   Unlocking happens in the open page and returns to the same letter. Polling is no activity; typing is,
   also when it makes no requests. Tells the page "cr:locked" and "cr:unlocked" (on document). */
(() => {
  "use strict";

  const dialog = document.getElementById("cr-lock");
  const { lockAfter, lockUrl, activeUrl } = document.body.dataset;
  if (!dialog || !lockAfter) return;

  const LOCK_AFTER = Number(lockAfter) * 1000;
  const LOOK_EVERY = 5000;
  const PING_EVERY = 60000;
  const form = dialog.querySelector("form");
  const password = form.elements.namedItem("password");
  const code = form.elements.namedItem("code");
  const problem = dialog.querySelector("[data-cr-lock-error]");
  const askLogin = dialog.querySelector("[data-cr-lock-login]");
  const askCode = dialog.querySelector("[data-cr-lock-code]");
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("casusregie-lock") : null;
  const plainFetch = window.fetch.bind(window);

  let lastInput = Date.now();
  let inputSincePing = false;
  let locked = false;
  let place = null;

  // --- the token: another tab may have logged in again meanwhile -------------------------------------------------

  function token() {
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-|__Secure-)?csrftoken=([^;]+)/);
    return cookie ? decodeURIComponent(cookie[1]) : form.elements.namedItem("csrfmiddlewaretoken").value;
  }

  function renewTokens(value) {
    for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = value;
  }

  function post(url, fields) {
    return plainFetch(url, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true,
      headers: { "X-CSRFToken": token(), Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
      body: new URLSearchParams(fields || {}),
    });
  }

  // --- where somebody was -------------------------------------------------------------------------------------------

  function remember() {
    const element = document.activeElement;
    place = { element, start: null, end: null, top: element ? element.scrollTop : 0, x: scrollX, y: scrollY };
    try {
      place.start = element.selectionStart;
      place.end = element.selectionEnd;
      place.direction = element.selectionDirection;
    } catch { /* some inputs have no caret to ask for */ }
  }

  function goBack() {
    const was = place;
    place = null;
    if (!was) return;
    window.scrollTo(was.x, was.y);
    if (!was.element || !was.element.isConnected || was.element === document.body) return;
    was.element.focus({ preventScroll: true });
    if (was.start !== null && was.start !== undefined) {
      try { was.element.setSelectionRange(was.start, was.end, was.direction); } catch { /* as above */ }
    }
    was.element.scrollTop = was.top;
  }

  // --- locking and unlocking ----------------------------------------------------------------------------------------

  function show() {
    if (!dialog.open) dialog.showModal();
    password.focus();
  }

  function lock({ tellServer = true, tellTabs = true } = {}) {
    if (locked) return;
    locked = true;
    remember();
    document.documentElement.classList.add("cr-locked");
    say("");
    askLogin.hidden = true;
    show();
    if (tellServer) post(lockUrl).catch(() => {});
    if (tellTabs && tabs) tabs.postMessage("locked");
    document.dispatchEvent(new CustomEvent("cr:locked"));
  }

  function unlock({ tellTabs = true, csrf = "" } = {}) {
    if (!locked) return;
    locked = false;
    lastInput = Date.now();
    inputSincePing = false;
    form.reset();
    askCode.hidden = true;
    renewTokens(csrf || token());
    dialog.close();
    document.documentElement.classList.remove("cr-locked");
    goBack();
    if (tellTabs && tabs) tabs.postMessage("unlocked");
    document.dispatchEvent(new CustomEvent("cr:unlocked"));
  }

  function say(text) {
    problem.replaceChildren();
    if (!text) return;
    const line = dialog.querySelector("[data-cr-lock-icon]").cloneNode(true);
    line.hidden = false;
    line.removeAttribute("data-cr-lock-icon");
    line.querySelector("span").textContent = text;
    problem.append(line);
  }

  function showLogin(url) {
    askLogin.hidden = false;
    const link = askLogin.querySelector("a");
    const target = new URL(url, location.href);
    if (target.origin === location.origin) link.href = target.href;
    link.focus();
  }

  async function tryUnlock() {
    let answer;
    let data = {};
    try {
      answer = await post(form.action, { password: password.value, code: code.value });
      data = await answer.json().catch(() => ({}));
    } catch {
      say(dialog.dataset.network);
      return;
    }
    if (answer.ok && data.ok) {
      unlock({ csrf: data.csrf });
      return;
    }
    if (data.login) {
      showLogin(data.login);
      return;
    }
    if (data.code_required) askCode.hidden = false;
    say(data.error || (answer.status >= 500 ? dialog.dataset.network : dialog.dataset.refused));
    const next = data.code_required ? code : password;
    next.focus();
    next.select();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.crSending) return;
    form.dataset.crSending = "1";
    say("");
    await tryUnlock();
    delete form.dataset.crSending;
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => { if (locked) show(); });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-cr-lock-now]")) return;
    event.preventDefault();
    event.target.closest("details")?.removeAttribute("open");
    lock();
  });

  // --- activity -----------------------------------------------------------------------------------------------------

  const isIdle = () => Date.now() - lastInput >= LOCK_AFTER;

  function active() {
    if (locked) return;
    // A laptop that wakes up sees the first key before the clock: then it is too late already.
    if (isIdle()) {
      lock();
      return;
    }
    lastInput = Date.now();
    inputSincePing = true;
  }
  for (const kind of ["keydown", "pointerdown", "wheel", "touchmove", "input"]) {
    document.addEventListener(kind, active, { capture: true, passive: true });
  }

  function look() {
    if (!locked && isIdle()) lock();
  }
  setInterval(look, LOOK_EVERY);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("pageshow", look);

  setInterval(() => {
    if (locked || !inputSincePing) return;
    inputSincePing = false;
    tabs?.postMessage("active");
    post(activeUrl).then(check, () => { inputSincePing = true; });
  }, PING_EVERY);

  tabs?.addEventListener("message", ({ data }) => {
    if (data === "active" && !locked) lastInput = Date.now();
    if (data === "locked") lock({ tellServer: false, tellTabs: false });
    if (data === "unlocked") unlock({ tellTabs: false });
  });

  // --- the server says that it is locked ----------------------------------------------------------------------------

  const saysLocked = (status, header) => status === 423 || (status === 401 && header);

  function check(answer) {
    if (saysLocked(answer.status, answer.headers.has("X-Locked"))) lock({ tellServer: false });
    return answer;
  }
  window.fetch = (...args) => plainFetch(...args).then(check);

  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
    const xhr = detail?.xhr;
    if (xhr && saysLocked(xhr.status, xhr.getResponseHeader("X-Locked"))) lock({ tellServer: false });
  });
})();
