/* Nothing that she typed is lost: each change of a form goes to the worker, which keeps it sealed until the entry is in
   the outbox. Only forms that go through the outbox have drafts: the worker gave each the number of its entry. */

import { putBack, typedIn } from "./typed.js";
import { ask, tell } from "./worker_line.js";

const REST = 250;
const PATIENCE = 60000; // a cheap phone that is busy may take long to find a draft: it is hers nevertheless
const watched = new Set();

/** Keeps what is typed into this page's forms from now on. At once, before the worker is there: what she types meanwhile
 *  is not overlaid by what she had typed before. */
export function watchForms() { for (const form of [...document.forms].filter(goesThroughOutbox)) watch(form); }

/** Takes up what was typed earlier and never sent, where it is not done yet: the worker may have to get the key first. */
export async function takeUpDrafts() {
  await Promise.all([...watched].filter((draft) => !draft.isTakenUp).map(async (draft) => {
    const kept = await ask({ type: "draft?", path: draft.path }, PATIENCE);
    if (kept && "fields" in kept) draft.takeUp(kept.fields);
  }));
}

/** Writes down at once what was typed: the page may go. */
export function flushDrafts() { for (const draft of watched) draft.flush(); }

/** Has she typed something that is not sent? */
export function hasTyped() { return [...watched].some((draft) => draft.isTyped); }

function goesThroughOutbox(form) { return form.elements.namedItem("_entry") && form.querySelector("input:not([type=hidden]), select, textarea"); }

function watch(form) {
  const draft = new Draft(form);
  watched.add(draft);
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
    this.isTakenUp = false;
  }

  get isTyped() { return !this.hasLeft && JSON.stringify(typedIn(this.form)) !== this.before; }

  /** Puts the earlier draft back, if there is one; where she was quicker, hers of now stays. */
  takeUp(fields) {
    if (this.isTakenUp) return;
    this.isTakenUp = true;
    if (!fields) return;
    const touched = this.touched();
    const back = Object.entries({ ...fields, ...touched }).filter(([, values]) => values);
    putBack(this.form, Object.fromEntries(back));
    if (Object.keys(touched).length) this.later();
    else this.kept = JSON.stringify(typedIn(this.form));
  }

  /** What she has changed since the page was there: {name: [texts]}, undefined where she took all of it away. */
  touched() {
    const [before, now] = [JSON.parse(this.before), typedIn(this.form)];
    const names = Object.keys({ ...before, ...now }).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name]));
    return Object.fromEntries(names.map((name) => [name, now[name]]));
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
    if (!this.isTakenUp) tell({ type: "draft", path: this.path, over: this.touched() }); // what lies there is not known yet
    else tell(text === this.before ? { type: "draft-gone", path: this.path } : { type: "draft", path: this.path, fields });
  }

  leave() {
    clearTimeout(this.timer);
    this.hasLeft = true;
  }

  comeBack() { this.hasLeft = false; }
}
