/* Who looks after a child, and what is said of a grown-up: only what the answers so far leave open is asked. The pages work
   without: then they ask all of it. */

const form = document.querySelector("#entry");
const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
const fieldOf = (name) => form.elements[name] && (form.elements[name][0] ?? form.elements[name]).closest(".field");
const wasUnable = form.elements.unable_reason?.value;

function ask(name, isAsked) {
  const field = fieldOf(name);
  if (field) field.hidden = !isAsked && !field.hasAttribute("data-error");
}

function showCare() {
  const carer = chosen("carer");
  const hasCarer = carer !== "none" && carer !== "";
  for (const part of ["name", "relation", "phone", "born_on"]) ask(`carer_${part}`, carer === "new");
  for (const part of ["kind", "is_entrusted"]) ask(`carer_${part}`, hasCarer);
  for (const part of ["paper_signed_on", "school_told_on", "village_told_on"]) {
    ask(`carer_${part}`, hasCarer && form.elements.carer_is_entrusted.checked);
  }
}

function showAbility() {
  const reason = form.elements.unable_reason.value;
  ask("unable_since", reason !== "");
  ask("unable_until", ["serving_sentence", "rehabilitation"].includes(reason));
  ask("able_since", reason === "" && Boolean(wasUnable));
}

function show() {
  if (form.elements.carer_is_entrusted) showCare();
  if (form.elements.unable_reason) showAbility();
  if (form.elements.who) for (const part of ["name", "born_on", "phone"]) ask(part, chosen("who") === "new");
}

show();
form.addEventListener("change", show);
