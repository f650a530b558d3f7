/* The desk by keyboard. The list under ? says the same (templates/components/keys.html). */

const WAIT_AFTER_G = 1500;
let waitingSince = -Infinity;

// A long rail is not always high enough: where one is can be seen all the same.
document.querySelector(".rail a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (event.timeStamp - waitingSince < WAIT_AFTER_G) {
    waitingSince = -Infinity;
    go(event);
    return;
  }
  if (event.key === "g") waitingSince = event.timeStamp;
  if (event.key === "j") step(event, 1);
  if (event.key === "k") step(event, -1);
  if (event.key === "/") search(event);
  press(event);
  if (event.key === "?") open("keys");
});

for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.addEventListener("click", () => open(opener.dataset.opens));
}

function isTyping(element) {
  return element.matches("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
}

function go(event) {
  const door = document.querySelector(`.rail a[data-key="${CSS.escape(event.key)}"]`);
  if (!door) return;
  event.preventDefault();
  door.click();
}

function step(event, by) {
  const links = [...document.querySelectorAll("main .ledger tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
  if (!links.length) {
    turn(event, by);
    return;
  }
  event.preventDefault();
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const current = here >= 0 ? here : links.findIndex((link) => link.closest('tr[aria-current="true"]'));
  const next = links[Math.min(Math.max(current + by, 0), links.length - 1)];
  next.focus();
  next.closest("tr").scrollIntoView({ block: "nearest" });
}

/** Where a page is one of many to go through: the next one, the one before. */
function turn(event, by) {
  const link = document.querySelector(`main a[rel="${by > 0 ? "next" : "prev"}"]`);
  if (!link) return;
  event.preventDefault();
  link.click();
}

/** A button or a field that names its key: pressed, or gone into. */
function press(event) {
  const named = document.querySelector(`main [data-press="${CSS.escape(event.key)}"]`);
  if (!named) return;
  event.preventDefault();
  if (named.matches("button, a")) named.click();
  else named.focus();
}

function search(event) {
  const field = document.querySelector("main input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

function open(id) {
  document.getElementById(id)?.showModal();
}
