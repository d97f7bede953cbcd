/* A PDF that is being made: asks every two seconds whether it is there, then opens it in this place. */
(() => {
  "use strict";

  const EVERY = 2000;
  const LONG = 20000;
  if (!document.querySelector("[data-cr-wait]")) return;

  const since = Date.now();
  const long = document.querySelector("[data-cr-wait-long]");

  async function ask() {
    if (long && Date.now() - since > LONG) long.hidden = false;
    if (!document.hidden) {
      try {
        // Asking is not doing: the idle lock goes on counting.
        const answer = await fetch(location.href, { headers: { "X-Poll": "1" }, redirect: "manual", cache: "no-store" });
        if (answer.status !== 202) {
          location.reload();
          return;
        }
      } catch {
        // No connection for a moment: ask once more.
      }
    }
    setTimeout(ask, EVERY);
  }
  setTimeout(ask, EVERY / 2);
})();
