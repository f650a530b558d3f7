/* The page on which she chooses a PIN: the server gives the key of her store, the phone wraps it, and her village comes
   down. It needs a network; whatever is interrupted is begun once more. */

import { uuidv7 } from "./clock.js";
import { holder, setAppState } from "./holders.js";
import { hold, isEasy, setUp } from "./keys.js";
import { lockNow } from "./locking.js";
import { openStore } from "./store.js";
import { ask, canKeep, register, tell } from "./worker_line.js";

const LOOK = 600;
const FIRST_WAKING = 120000; // the worker first fetches all pages of hers; on a weak network that takes its time
const form = document.querySelector("form[data-set-up]");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const { user, name } = form.dataset;

begin();

function begin() {
  if (!canKeep()) return show("cannot");
  show("choose");
  register(); // the worker comes while she thinks of a PIN
  form.addEventListener("submit", (event) => { event.preventDefault(); start(); });
  for (const field of [form.elements.pin, form.elements.again]) {
    field.addEventListener("input", () => { field.value = field.value.replace(/\D/g, "").slice(0, 6); wrong(null); });
  }
  return undefined;
}

function show(one) { for (const each of document.querySelectorAll("[data-part]")) each.hidden = each.dataset.part !== one; }

/** What is wrong with the two PINs, as the name of its sentence; null when nothing is. */
export function wrongWith(pin, again) {
  if (!/^\d{6}$/.test(pin)) return "digits";
  if (isEasy(pin)) return "easy";
  return pin === again ? null : "differ";
}

function wrong(what, said = "") {
  for (const one of form.querySelectorAll("[data-says]")) {
    one.hidden = one.dataset.says !== what;
    const field = one.closest(".field");
    if (field) field.toggleAttribute("data-error", Boolean(field.querySelector("[data-says]:not([hidden])")));
  }
  form.querySelector("[data-said]").textContent = said;
  if (what === "digits" || what === "easy") form.elements.pin.focus();
  if (what === "differ") form.elements.again.focus();
}

async function start() {
  const pin = form.elements.pin.value;
  const found = wrongWith(pin, form.elements.again.value);
  wrong(found);
  if (found || form.dataset.busy) return;
  form.dataset.busy = "yes";
  wrong("wait");
  try {
    if (await takePhone(pin)) await follow();
    else show("cannot");
  } catch (error) {
    if (!(error instanceof NotTaken)) throw error;
    wrong(error.kind, error.message);
  } finally {
    delete form.dataset.busy;
    form.querySelector('[data-says="wait"]').hidden = true;
  }
}

class NotTaken extends Error {
  constructor(kind, said) {
    super(said);
    this.kind = kind;
  }
}

/** False where the browser has no worker that could answer her pages. */
async function takePhone(pin) {
  const known = await holder(user);
  const phone = known?.phone ?? uuidv7();
  const given = await fromServer(phone);
  if (!(await register())) return false;
  await lockNow(); // whoever was at it before
  const raw = Uint8Array.from(atob(given.key), (sign) => sign.charCodeAt(0));
  const key = await setUp({ user, name, phone, key: raw, pin, days: given.days_without_contact });
  const store = await openStore(user, key);
  await store.setMeta({ token: given.token, phone });
  store.close();
  await setAppState("last", user);
  hold({ user, key });
  navigator.storage?.persist?.(); // asked, not waited for: some browsers ask her
  await ask({ type: "key", user, key }, FIRST_WAKING);
  begun = { key };
  return true;
}

let begun = null;

async function fromServer(phone) {
  let answer;
  try {
    answer = await fetch("/api/v1/phones/", {
      method: "POST", headers: {
        "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
      },
      body: JSON.stringify({ id: phone, label: labelOf(navigator.userAgent) }),
    });
  } catch {
    throw new NotTaken("network", "");
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new NotTaken("refused", said.detail ?? said.title ?? String(answer.status));
  return said;
}

/** "Chrome · Android": as the county knows phones apart. */
export function labelOf(agent) {
  const app = [["MicroMessenger", "WeChat"], ["HuaweiBrowser", "Huawei"], ["MiuiBrowser", "Mi"], ["EdgA?/", "Edge"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]];
  const system = [["Android", "Android"], ["iPhone|iPad", "iOS"], ["Windows", "Windows"], ["Linux", "Linux"]];
  const first = (list) => list.find(([sign]) => new RegExp(sign).test(agent))?.[1];
  return [first(app), first(system)].filter(Boolean).join(" · ") || "?";
}

/** Shows how her village comes down. She may leave: the worker goes on. */
async function follow() {
  show("coming");
  const store = await openStore(user, begun.key);
  const coming = part("coming");
  let online = true;
  addEventListener("ccmp-state", ({ detail }) => { online = detail.online; });
  for (;;) {
    const [ids, meta] = [[...(await store.hashes()).keys()], await store.meta()];
    const children = ids.filter((id) => id.startsWith("child:")).length;
    for (const place of document.querySelectorAll("[data-children]")) place.textContent = children;
    if (meta.cursor && !meta.whole) break;
    coming.querySelector("[data-trouble]").hidden = online;
    tell({ type: "state?" });
    await new Promise((resolve) => { setTimeout(resolve, LOOK); });
  }
  store.close();
  show("done");
  part("done").querySelector("a.button")?.focus();
}
