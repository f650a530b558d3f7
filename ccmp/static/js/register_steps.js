/* A registration one step at a time: child, father, mother, who looks after it. Without this script all of it stands on one
   page. What is typed stays in the one form, and its draft with it: whoever comes back finds herself where she was. */

const form = document.querySelector("form[data-register]");
const sections = [...form.querySelectorAll("section[data-step]")];
const last = Math.max(...sections.map(stepOf));
const buttons = Object.fromEntries([...document.querySelectorAll("[data-go]")].map((one) => [one.dataset.go, one]));
const keeps = document.querySelector('.action-bar [type="submit"]');
const untouched = new Map(sections.map((section) => [section, typedIn(section)]));
let current = 1;

function stepOf(section) { return Number(section.dataset.step); }

function typedIn(section) {
  return JSON.stringify([...section.querySelectorAll("input, select, textarea")].map((one) => [one.name, one.value, one.checked]));
}

function show(step) {
  current = step;
  for (const section of sections) section.hidden = stepOf(section) !== step;
  for (const count of document.querySelectorAll("[data-of-step]")) count.hidden = Number(count.dataset.ofStep) !== step;
  buttons.back.hidden = step === 1;
  buttons.next.hidden = step === last;
  keeps.hidden = step !== last;
}

/** Over the first wrong step stands all that is wrong; on the others each field says so itself. */
function go(step) {
  show(step);
  const summary = document.querySelector(".error-summary");
  if (summary) summary.hidden = step !== beginning();
  scrollTo(0, 0);
  const heading = sections.find((section) => stepOf(section) === step).querySelector("h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Where something is wrong; else the furthest step in which something was written. */
function beginning() {
  const wrong = form.querySelector("[data-error]")?.closest("[data-step]");
  if (wrong) return stepOf(wrong);
  return Math.max(1, ...sections.filter((section) => typedIn(section) !== untouched.get(section)).map(stepOf));
}

buttons.back.addEventListener("click", () => go(current - 1));
buttons.next.addEventListener("click", () => go(current + 1));

// A key that sends the form goes one step on instead, until the last one.
form.addEventListener("submit", (event) => {
  if (current === last) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  go(current + 1);
}, { capture: true });

// A link of the summary leads into a step.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.error-summary a[href^="#"]');
  const step = link && document.getElementById(link.hash.slice(1))?.closest("[data-step]");
  if (step) show(stepOf(step));
}, { capture: true });

// A draft was put back (typed.js tells it of the form itself).
form.addEventListener("change", ({ target }) => { if (target === form) show(beginning()); });

show(beginning());
