/* A visit's page: what a danger asks for is shown at once, the rest is counted, and nothing is lost on the way to a
   report and back. The page works without. */

const form = document.querySelector("form[data-visit]");
const items = [...form.querySelectorAll(".check-item")].filter((item) => item.querySelector("input[name^='item_']"));
const draftName = `visit ${form.dataset.visit}`;
const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value;

function show() {
  const visited = chosen("outcome") === "completed";
  for (const part of document.querySelectorAll("[data-when-visited]")) part.hidden = !visited;
  form.querySelector("[data-when-not-alone]").hidden = chosen("seen_alone") !== "no";
  for (const item of items) {
    const more = item.querySelector("[data-on-danger]");
    const isDanger = item.querySelector("input:checked")?.value === "2";
    if (more) more.hidden = !isDanger && !more.querySelector("textarea").value;
  }
  const answered = items.filter((item) => item.querySelector("input:checked")).length;
  form.querySelector("[data-answered]").textContent = answered;
  document.querySelector("[data-left]").textContent = items.length - answered;
}

// The draft lives as long as this tab: gone when it is sent, and when the tab is closed. A form that goes through the
// phone's outbox has a number, and its drafts are kept sealed by phone/drafts.js: nothing readable stays in the tab.
const keepsDraft = !form.elements.namedItem("_entry");

function keep() {
  if (!keepsDraft) return;
  const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  try { sessionStorage.setItem(draftName, JSON.stringify(typed)); } catch { /* full or forbidden: nothing is kept */ }
}

function drop() {
  try { sessionStorage.removeItem(draftName); } catch { /* nothing was kept */ }
}

function takeUp() {
  if (!keepsDraft) return;
  let typed = null;
  try { typed = JSON.parse(sessionStorage.getItem(draftName)); } catch { /* nothing was kept */ }
  if (!typed || document.querySelector(".error-summary")) return;
  for (const [name, value] of typed) {
    const field = form.elements[name];
    if (field) field.value = value;
  }
}

takeUp();
show();
form.addEventListener("change", () => { show(); keep(); });
form.addEventListener("input", keep);
form.addEventListener("submit", drop);
if (!keepsDraft) drop(); // what an earlier page kept, before the phone did
