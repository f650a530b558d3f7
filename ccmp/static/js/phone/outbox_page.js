/* The page of what is sent: its buttons, the room taken, the offer to install; and it is written anew when that changes. */

import { lockNow } from "./locking.js";
import { ask, tell, toOpen } from "./worker_line.js";

const MEGABYTE = 1024 * 1024;
const one = (selector) => document.querySelector(selector);

one("[data-sends]")?.addEventListener("click", ({ currentTarget }) => {
  currentTarget.setAttribute("aria-disabled", "true");
  tell({ type: "sync" });
});
one("[data-locks]")?.addEventListener("click", () => lockNow().then(toOpen));
for (const button of document.querySelectorAll("[data-drops]")) button.addEventListener("click", () => askToDrop(button));
showRoom();
offerInstall();
followChanges();

/** She gives up what was sent back: asked once, by its name. */
function askToDrop(button) {
  const dialog = document.getElementById("dropping");
  dialog.querySelector("[data-about]").textContent = button.dataset.about;
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "yes") return;
    await ask({ type: "drop", id: button.dataset.drops }, 1000);
    location.reload();
  }, { once: true });
}

async function showRoom() {
  const place = one("[data-room-taken]");
  const { usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  if (place && usage) place.textContent = `${(usage / MEGABYTE).toFixed(1)} MB`;
}

/** Installed already: nothing is said. Where the browser can ask, a button; else how it is done by hand. */
function offerInstall() {
  const section = one("[data-installs]");
  if (matchMedia("(display-mode: standalone)").matches) return;
  section.hidden = false;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    for (const part of section.querySelectorAll("[data-can-install]")) part.hidden = false;
    section.querySelector("[data-by-hand]").hidden = true;
    section.querySelector("button").addEventListener("click", () => event.prompt(), { once: true });
  });
  addEventListener("appinstalled", () => { section.hidden = true; });
}

/** What is written here was true when the page was written; the first that it hears may be news already. */
function followChanges() {
  const written = one("[data-written]")?.dataset.written;
  if (written === undefined) return;
  addEventListener("ccmp-state", ({ detail: { waiting, refused, kept, sending, is_locked } }) => {
    const isNews = is_locked === false && [waiting, refused, kept].join() !== written;
    if (isNews && !sending && !one("dialog[open]")) location.reload();
  });
}
