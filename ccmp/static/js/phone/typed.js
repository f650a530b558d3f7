/* What she has typed into a form, as the outbox has it: {name: [texts]}. */

const NOT_TYPED = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

function typedFields(form) {
  return [...form.elements].filter((one) => one.name && !one.disabled && one.matches("input, select, textarea") && !NOT_TYPED.has(one.type));
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

/** @param {HTMLFormElement} form */
export function typedIn(form) {
  const fields = {};
  for (const field of typedFields(form)) {
    if (isTick(field) && !field.checked) continue;
    const values = field.multiple && field.options ? [...field.selectedOptions].map((one) => one.value) : [field.value];
    (fields[field.name] ??= []).push(...values);
  }
  return fields;
}

/** Puts it back. What was ticked is ticked again and nothing else is; a field that was not there then stays as it is. */
export function putBack(form, fields) {
  const taken = {};
  for (const field of typedFields(form)) {
    const values = fields[field.name];
    if (isTick(field)) field.checked = Boolean(values?.includes(field.value));
    else if (field.multiple && field.options) for (const option of field.options) option.selected = Boolean(values?.includes(option.value));
    else if (values) {
      const place = taken[field.name] ?? 0;
      taken[field.name] = place + 1;
      if (values[place] !== undefined) field.value = values[place];
    }
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}
