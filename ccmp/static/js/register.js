/* A registration asks only what the answers so far leave open. The page works without: then it asks all of it. */

const form = document.querySelector("form[data-register]");
const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
const fieldOf = (name) => form.elements[name] && (form.elements[name][0] ?? form.elements[name]).closest(".field");

function ask(name, isAsked) {
  const field = fieldOf(name);
  if (field) field.hidden = !isAsked && !field.hasAttribute("data-error");
}

function show() {
  for (const who of ["father", "mother"]) {
    const isNew = chosen(who) === "new";
    const place = chosen(`${who}_whereabouts`);
    for (const part of ["name", "is_step", "phone", "whereabouts", "unable_reason"]) ask(`${who}_${part}`, isNew);
    ask(`${who}_since`, isNew && place !== "home");
    ask(`${who}_where`, isNew && place === "away");
    ask(`${who}_unable_since`, isNew && form.elements[`${who}_unable_reason`].value !== "");
  }
  const carer = chosen("carer");
  for (const part of ["name", "relation", "phone", "born_on"]) ask(`carer_${part}`, carer === "new");
  const hasCarer = carer !== "none" && carer !== "";
  for (const part of ["kind", "is_entrusted"]) ask(`carer_${part}`, hasCarer);
  ask("carer_paper_signed_on", hasCarer && form.elements.carer_is_entrusted.checked);
  ask("ethnic_words", form.elements.ethnic_group.value === "97");
  ask("no_id_reason", form.elements.resident_id.value.trim() === "");
}

show();
form.addEventListener("change", show);
form.addEventListener("input", show);
