/* A signature, drawn with a finger or a pen: strokes on a sheet of 600 by 240, kept as a short path (M12 34L13 36…).

   Without this module, and by keyboard, consent is signed on paper: nothing here is needed for that. */

const [WIDTH, HEIGHT, MOST] = [600, 240, 8192];
const NEAR = 4; // a step shorter than this adds nothing that can be seen

const form = document.querySelector("form[data-signs]");
if (form) signs(form);

function signs(form) {
  const box = form.querySelector("[data-signature]");
  const [canvas, kept] = [box.querySelector("canvas"), form.elements.signature];
  const pen = canvas.getContext("2d");
  let strokes = [];
  let stroke = null;

  const isOnScreen = () => [...form.elements.evidence].some((one) => one.checked && one.value === "screen");
  const show = () => { box.hidden = !isOnScreen(); };
  form.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroke = [placeOf(event)];
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const [place, last] = [placeOf(event), stroke[stroke.length - 1]];
    if (Math.abs(place[0] - last[0]) + Math.abs(place[1] - last[1]) < NEAR) return;
    stroke.push(place);
    line(last, place);
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, finish);
  form.querySelector("[data-clears]").addEventListener("click", () => {
    strokes = [];
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    kept.value = "";
  });

  function placeOf(event) {
    const sheet = canvas.getBoundingClientRect();
    const within = (value, most) => Math.min(most, Math.max(0, Math.round(value)));
    return [
      within(((event.clientX - sheet.left) / sheet.width) * WIDTH, WIDTH),
      within(((event.clientY - sheet.top) / sheet.height) * HEIGHT, HEIGHT),
    ];
  }

  function line(from, to) {
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
  }

  function finish() {
    if (!stroke) return;
    if (stroke.length > 1) strokes.push(stroke);
    stroke = null;
    kept.value = pathOf(strokes);
  }
}

/** The strokes as a path; of one that is too long, every other point, until it is short enough. */
export function pathOf(strokes) {
  const path = strokes.map(([first, ...rest]) => `M${first.join(" ")}${rest.map((place) => `L${place.join(" ")}`).join("")}`).join("");
  if (path.length <= MOST) return path;
  return pathOf(strokes.map((stroke) => stroke.filter((_place, number) => number % 2 === 0 || number === stroke.length - 1)));
}
