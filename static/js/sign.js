/* Signing at the table: strokes on a field become one SVG path of whole numbers on 600 × 200; where one is in the three
   steps. Without this script somebody signs with her name. */
(() => {
  "use strict";

  const WIDTH = 600;
  const HEIGHT = 200;
  const MOST = 58000; // the form takes 60,000 signs
  const STEP = 2; // a point nearer than this to the one before adds nothing

  const form = document.querySelector("form[data-cr-sign]");
  const pad = form && form.querySelector("[data-cr-pad]");
  const hidden = form && form.querySelector("[name=drawing]");

  if (pad && window.PointerEvent) {
    const canvas = pad.querySelector("canvas");
    const status = pad.querySelector("[data-cr-pad-status]");
    const brush = canvas.getContext("2d");
    const scale = canvas.width / WIDTH;
    let strokes = read(hidden.value);
    let current = null;

    pad.hidden = false;
    draw();

    function read(path) {
      return path
        .split("M")
        .filter(Boolean)
        .map((stroke) => stroke.split("L").map((point) => point.trim().split(/\s+/).map(Number)));
    }

    const write = () => strokes.map((stroke) => "M" + stroke.map((point) => point.join(" ")).join("L")).join("");

    function draw() {
      brush.setTransform(scale, 0, 0, scale, 0, 0);
      brush.clearRect(0, 0, WIDTH, HEIGHT);
      brush.lineWidth = 3.5;
      brush.lineCap = brush.lineJoin = "round";
      brush.strokeStyle = getComputedStyle(canvas).color;
      for (const stroke of strokes) {
        brush.beginPath();
        brush.moveTo(...stroke[0]);
        for (const point of stroke) brush.lineTo(...point);
        brush.stroke();
      }
    }

    function place(event) {
      const box = canvas.getBoundingClientRect();
      const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
      return [
        within(((event.clientX - box.left) / box.width) * WIDTH, WIDTH),
        within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT),
      ];
    }

    function add(event) {
      for (const one of event.getCoalescedEvents ? event.getCoalescedEvents() : [event]) {
        const [x, y] = place(one);
        const [lastX, lastY] = current[current.length - 1];
        if (Math.hypot(x - lastX, y - lastY) >= STEP) current.push([x, y]);
      }
      draw();
    }

    function keep() {
      let path = write();
      while (path.length > MOST && strokes.length) {
        strokes.pop();
        path = write();
      }
      hidden.value = path;
      status.textContent = path ? status.dataset.drawn : status.dataset.cleared;
      form.dispatchEvent(new Event("input"));
    }

    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || current) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      const [x, y] = place(event);
      // A tap is a dot: a stroke has at least one line.
      current = [[x, y], [Math.min(WIDTH, x + 1), y]];
      strokes.push(current);
      draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (current && canvas.hasPointerCapture(event.pointerId)) add(event);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => {
        if (!current) return;
        current = null;
        keep();
      });
    }
    pad.querySelector("[data-cr-pad-clear]").addEventListener("click", () => {
      strokes = [];
      draw();
      keep();
    });
  }

  const steps = [...document.querySelectorAll(".cr-three a")];
  const parts = steps.map((link) => document.querySelector(link.hash)).filter(Boolean);
  let waiting = false;

  function mark() {
    waiting = false;
    const line = window.innerHeight * 0.45;
    const bottom = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 4;
    let now = parts.filter((part) => part.getBoundingClientRect().top <= line).length - 1;
    if (bottom) now = parts.length - 1;
    steps.forEach((link, index) => {
      if (index === Math.max(0, now)) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
  }

  if (parts.length === steps.length && steps.length) {
    window.addEventListener(
      "scroll",
      () => {
        if (!waiting) requestAnimationFrame(mark);
        waiting = true;
      },
      { passive: true },
    );
  }
})();
