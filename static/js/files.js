/* Photos and files in a form that is being filled in: each is sent at once under the key of the form, with its progress;
   they wait on the server until the form is saved. Where only one fits, the next takes its place. Without this file a
   plain field takes it, or they are added on the page of the contact. */
(() => {
  "use strict";

  const box = document.querySelector("[data-cr-files]");
  const form = box && box.closest("form");
  if (!form) return;

  const list = box.querySelector("[data-cr-files-list]");
  const input = box.querySelector("[data-cr-files-input]");
  const going = box.querySelector("[data-cr-files-going]");
  const told = box.querySelector("[data-cr-files-told]");
  const held = form.querySelector("input[name=waiting_files]");
  const url = box.dataset.crFiles;
  const most = Number(box.dataset.most);
  const onTheWay = new Set();
  let sendAfter = false;

  // Files wait under one key, whatever key the form is given later (a second submission is another one).
  const key = () => held.value || form.elements.key.value;
  const token = () => form.elements.csrfmiddlewaretoken.value;
  const tell = (words, kind = "") => {
    told.textContent = words;
    told.dataset.kind = kind;
  };
  const count = () => Number(list.firstElementChild?.dataset.crFilesCount || 0);

  function show(html, under) {
    list.innerHTML = html;
    const value = count() ? under : "";
    if (held.value === value) return;
    held.value = value;
    // The draft keeps it too.
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function ask(method, where, body, progress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, where);
      request.setRequestHeader("X-Requested-With", "fetch");
      if (method === "POST") request.setRequestHeader("X-CSRFToken", token());
      if (progress) request.upload.addEventListener("progress", progress);
      request.addEventListener("load", () => resolve(request));
      request.addEventListener("error", reject);
      request.addEventListener("timeout", reject);
      request.send(body);
    });
  }

  const errorOf = (answer) => {
    if (answer.status === 413) return box.dataset.tooLarge;
    try {
      return JSON.parse(answer.responseText).error || box.dataset.failed;
    } catch {
      return box.dataset.failed;
    }
  };

  async function send(file) {
    const name = file.name;
    if (file.size > Number(box.dataset.maxBytes)) return tell(`${name}: ${box.dataset.tooLarge}`, "error");
    if (most > 1 && count() + onTheWay.size >= most) return tell(box.dataset.tooMany, "error");
    const row = document.createElement("li");
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", name);
    words.textContent = name;
    row.append(words, bar);
    going.append(row);
    onTheWay.add(row);
    const under = key();
    const body = new FormData();
    body.append("key", under);
    body.append("file", file);
    try {
      const answer = await ask("POST", url, body, (event) => {
        if (!event.lengthComputable) return;
        bar.value = Math.round((100 * event.loaded) / event.total);
        words.textContent = box.dataset.sending.replace("{name}", name).replace("{n}", bar.value);
      });
      if (answer.status === 200) {
        show(answer.responseText, under);
        tell(box.dataset.done.replace("{name}", name));
      } else {
        sendAfter = false;
        tell(`${name}: ${errorOf(answer)}`, "error");
      }
    } catch {
      sendAfter = false;
      tell(`${name}: ${box.dataset.failed}`, "error");
    } finally {
      onTheWay.delete(row);
      row.remove();
    }
    if (!onTheWay.size && sendAfter) form.requestSubmit();
  }

  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    input.value = "";
    tell("");
    // One after the other: a phone on a train has one thin line.
    for (const file of chosen) await send(file);
  });

  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-cr-file-remove]");
    if (!button) return;
    button.disabled = true;
    try {
      const under = key();
      const answer = await ask("POST", button.dataset.crFileRemove, new FormData());
      if (answer.status !== 200) throw new Error();
      show(answer.responseText, under);
      tell("");
      input.focus();
    } catch {
      button.disabled = false;
      tell(box.dataset.failed, "error");
    }
  });

  // Saving waits for a file that is still on its way; nobody looks for it twice.
  form.addEventListener("submit", (event) => {
    if (!onTheWay.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    sendAfter = true;
    tell(box.dataset.busy);
  }, true);

  // The plain field goes; what leads to it (an error on top of the page) finds this one.
  const plain = box.querySelector("[data-cr-files-plain] input[type=file]");
  const id = plain ? plain.id : "";
  box.querySelectorAll("[data-cr-files-plain]").forEach((one) => one.remove());
  if (id) input.id = id;
  box.querySelectorAll("[data-cr-files-live]").forEach((one) => { one.hidden = false; });
  box.hidden = false;
  // A draft that is opened again lists what waits in it.
  if (held.value || new URLSearchParams(location.search).has("concept")) {
    const under = key();
    ask("GET", `${url}?key=${encodeURIComponent(under)}`).then((answer) => {
      if (answer.status !== 200) return;
      list.innerHTML = answer.responseText;
      held.value = count() ? under : "";
      if (count()) box.open = true;
    }, () => {});
  }
})();
