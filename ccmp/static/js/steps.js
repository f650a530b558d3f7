/* A step of a child's file asks only what the answers so far leave open. The page works without: then it asks all of it. */

const form = document.querySelector("form[data-follow]");
const seen = JSON.parse(form.elements.seen?.value || "{}");
const value = (name) => form.elements[name]?.value ?? "";
const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";

function ask(name, isAsked) {
  const found = form.elements[name];
  const field = found && (found[0]?.closest ? found[0] : found).closest(".field");
  if (field) field.hidden = !isAsked && !field.hasAttribute("data-error");
}

function show() {
  ask("ethnic_words", value("ethnic_group") === "97");
  ask("no_id_reason", value("resident_id").trim() === "");
  ask("county_code", value("hukou_county") === "other");
  const isAnew = ["hukou", "hukou_county", "hukou_place"].some((name) => seen[name] && (chosen(name) || value(name)) !== seen[name]);
  ask("how", isAnew);
  ask("changed_on", isAnew && chosen("how") === "changed");
  const state = chosen("state");
  for (const name of ["disability", "level", "certificate"]) ask(name, ["disabled", "both"].includes(state));
  ask("illness", ["ill", "both"].includes(state));
}

show();
form.addEventListener("change", show);
form.addEventListener("input", show);
