/* What forms do beyond HTML. Every page works without it. */

// A second press does nothing: the first is on its way.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of pressable(form)) button.setAttribute("aria-disabled", "true");
});

// Back from the next page, or answered by htmx: the form can be sent once more.
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(wake));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) wake(form);
});

function wake(form) {
  delete form.dataset.sent;
  for (const button of pressable(form)) button.removeAttribute("aria-disabled");
}

function pressable(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}

// What has to be put right is read out first, and each of its links goes into the field itself.
const summary = document.querySelector(".error-summary");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const place = link && document.getElementById(link.hash.slice(1));
  const field = place?.matches("input, select, textarea") ? place : place?.querySelector("input, select, textarea");
  if (!field) return;
  event.preventDefault();
  field.focus({ preventScroll: true });
  (field.closest(".field, .check-item") ?? field).scrollIntoView({ block: "center" });
});

// "Show the password".
for (const tick of document.querySelectorAll("input[data-shows]")) {
  const field = document.getElementById(tick.dataset.shows);
  tick.closest("[hidden]")?.removeAttribute("hidden");
  tick.addEventListener("change", () => { field.type = tick.checked ? "text" : "password"; });
}

// A filter is used as soon as it is chosen.
for (const select of document.querySelectorAll(".filters select")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}
