/* Puts into a form what the page brings beside it as data: values, choices, and what is wrong. The markup of mistakes and
   choices is cloned from the page's templates, which the server made of the same components as on its own pages.

   #form-state: {values: {name: text or [texts]}, choices: {name: [[value, label]]}, errors: {name: [sentences]}} */

const read = document.getElementById("form-state");
if (read) fill(JSON.parse(read.textContent));
for (const form of document.querySelectorAll('form[method="post"]')) addToken(form);

function fill({ values = {}, choices = {}, errors = {} }) {
  const isPosted = Object.keys(errors).length > 0;
  for (const [name, options] of Object.entries(choices)) putChoices(name, options);
  for (const [name, value] of Object.entries(values)) putValues(name, [value ?? ""].flat().map(String));
  if (isPosted) untick(values);
  if (isPosted) putErrors(errors);
}

function named(name) { return [...document.querySelectorAll("input, select, textarea")].filter((field) => field.name === name); }
function isTick(field) { return field.type === "radio" || field.type === "checkbox"; }

// ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function putValues(name, values) {
  named(name).forEach((field, place) => {
    if (field.type === "checkbox" && !field.hasAttribute("value")) field.checked = !["", "false", "False"].includes(values[0]);
    else if (isTick(field)) field.checked = values.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[place] ?? values[0] ?? "";
  });
}

/** What was posted says all of a form: a box that it does not name was left empty. */
function untick(values) {
  for (const field of document.querySelectorAll('form[method="post"] input')) {
    if (isTick(field) && !(field.name in values)) field.checked = false;
  }
}

// ── choices ─────────────────────────────────────────────────────────────────────────────────────────────────────────

function putChoices(name, options) {
  const field = document.getElementById(`id_${name}`);
  if (field?.tagName === "SELECT") {
    field.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
    return;
  }
  const box = field?.querySelector(".choices");
  if (!box) return;
  const pattern = box.querySelector("label") ?? part(box.dataset.of === "people" ? "tick" : "radio");
  box.replaceChildren(...options.map(([value, label], place) => choice(pattern, { name, value, label, place })));
  box.dataset.of = layoutOf(box, options);
}

function choice(pattern, { name, value, label, place }) {
  const one = pattern.cloneNode(true);
  const [input, face] = [one.querySelector("input"), one.querySelector(".choice-face")];
  Object.assign(input, { name, value, id: `id_${name}_${place}`, checked: false });
  input.removeAttribute("checked");
  one.htmlFor = input.id;
  face.replaceChildren(...face.querySelectorAll("svg"), label);
  return one;
}

/** The twin of choice_layout: side by side (2 or 3), wrapped as people are, or one a line. */
function layoutOf(box, options) {
  if (box.querySelector("input[type=checkbox]")) return "people";
  if (options.some(([, label]) => [...label].length > 8)) return "lines";
  return options.length < 4 ? String(options.length) : "people";
}

// ── what is wrong ───────────────────────────────────────────────────────────────────────────────────────────────────

function part(name) { return document.getElementById("form-parts").content.querySelector(`[data-part="${name}"]`).firstElementChild.cloneNode(true); }

function putErrors(errors) {
  const wrong = new Map();
  const sentences = [];
  for (const [name, said] of Object.entries(errors)) {
    const field = document.getElementById(`id_${name}`);
    const holder = field && field.type !== "hidden" && (field.tagName === "FIELDSET" ? field : field.closest(".field"));
    if (holder) wrong.set(holder, { name, field, said });
    else sentences.push(...said);
  }
  for (const [holder, one] of wrong) putError(holder, one);
  for (const folded of document.querySelectorAll("details:has([data-error])")) folded.open = true;
  const inOrder = [...wrong].sort(([a], [b]) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  putSummary(inOrder.map(([holder, { field }]) => ({ id: field.id, label: labelOf(holder) })), sentences);
}

function putError(holder, { name, field, said }) {
  const box = part("error");
  box.id = `id_${name}_error`;
  const pattern = box.firstElementChild;
  box.replaceChildren(...said.map((sentence) => {
    const line = pattern.cloneNode(true);
    line.querySelector("span").textContent = sentence;
    return line;
  }));
  holder.setAttribute("data-error", "");
  const above = holder.querySelector(":scope > .hint") ?? holder.querySelector(":scope > legend, :scope > label");
  if (holder.classList.contains("tick") || !above) holder.prepend(box);
  else above.after(box);
  if (field !== holder) field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), box.id].filter(Boolean).join(" "));
}

function labelOf(holder) {
  const label = holder.querySelector("legend b, legend span, label");
  const text = [...(label?.childNodes ?? [])].find((node) => node.textContent.trim());
  return (text ?? label)?.textContent.trim() ?? "";
}

function putSummary(fields, sentences) {
  const summary = part(fields.length > 1 ? "many" : fields.length ? "one" : "none");
  const title = summary.querySelector("h2");
  title.textContent = title.textContent.replace(/\d+/, String(fields.length));
  const pattern = part("none").querySelector(".error-sentence");
  for (const line of summary.querySelectorAll(".error-sentence")) line.remove();
  title.after(...sentences.map((sentence) => Object.assign(pattern.cloneNode(true), { textContent: sentence })));
  summary.querySelector("ul")?.replaceChildren(...fields.map(link));
  const main = document.getElementById("main");
  const notices = main.querySelector(":scope > .notices");
  if (notices) notices.after(summary);
  else main.prepend(summary);
  document.title = document.getElementById("form-parts").dataset.title + document.title;
}

function link({ id, label }) {
  const line = document.createElement("li");
  line.append(Object.assign(document.createElement("a"), { href: `#${id}`, textContent: label }));
  return line;
}

// ── forms that go to the server ─────────────────────────────────────────────────────────────────────────────────────

/** A page that the phone wrote has no token against forgery; the server takes the one of the cookie. */
function addToken(form) {
  if (form.elements.csrfmiddlewaretoken) return;
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (token) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: token }));
}
