/* Nothing that she typed is lost: each change of a form goes to the worker, which keeps it sealed until the entry is in
   the outbox. Only forms that go through the outbox have drafts: the worker gave each the number of its entry. */

import { putBack, typedIn } from "./typed.js";
import { ask, tell } from "./worker_line.js";

const REST = 250;
const watched = new Set();

/** Takes up the drafts of this page's forms and keeps them from now on. */
export async function keepDrafts() {
  await Promise.all([...document.forms].filter(goesThroughOutbox).map(watch));
}

/** Writes down at once what was typed: the page may go. */
export function flushDrafts() { for (const draft of watched) draft.flush(); }

/** Has she typed something that is not sent? */
export function hasTyped() { return [...watched].some((draft) => draft.isTyped); }

function goesThroughOutbox(form) { return form.elements.namedItem("_entry") && form.querySelector("input:not([type=hidden]), select, textarea"); }

async function watch(form) {
  const draft = new Draft(form);
  watched.add(draft);
  const kept = await ask({ type: "draft?", path: draft.path });
  if (kept?.fields) draft.takeUp(kept.fields);
  form.addEventListener("input", () => draft.later());
  form.addEventListener("change", () => draft.later());
  form.addEventListener("submit", () => draft.leave()); // from here on the outbox has it
  addEventListener("pageshow", ({ persisted }) => { if (persisted) draft.comeBack(); });
}

class Draft {
  constructor(form) {
    this.form = form;
    const { pathname, search } = new URL(form.getAttribute("action") || location.href, location.href);
    this.path = pathname + search;
    this.before = JSON.stringify(typedIn(form));
    this.kept = this.before;
    this.timer = null;
    this.hasLeft = false;
  }

  get isTyped() { return !this.hasLeft && JSON.stringify(typedIn(this.form)) !== this.before; }

  takeUp(fields) {
    if (JSON.stringify(typedIn(this.form)) !== this.before) return; // she was quicker
    putBack(this.form, fields);
    this.kept = JSON.stringify(typedIn(this.form));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), REST);
  }

  flush() {
    clearTimeout(this.timer);
    if (this.hasLeft) return;
    const fields = typedIn(this.form);
    const text = JSON.stringify(fields);
    if (text === this.kept) return;
    this.kept = text;
    tell(text === this.before ? { type: "draft-gone", path: this.path } : { type: "draft", path: this.path, fields });
  }

  leave() {
    clearTimeout(this.timer);
    this.hasLeft = true;
  }

  comeBack() { this.hasLeft = false; }
}
