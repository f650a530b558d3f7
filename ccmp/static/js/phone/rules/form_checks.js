/* What each field of a form asks for, as ccmp.web.shells.fields tells it: checked on the phone with the same sentences.
   Nothing is refused here that the server would take. */

const A_UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;
const A_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const A_CLOCK = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d{1,6})?)?$/;
const A_MOMENT = /^(\S+)[T ](\S+)$/;
const A_NUMBER = /^[+-]?\p{Nd}+(?:_\p{Nd}+)*(?:\.0*)?$/u;
const [OLDEST_YEAR, LAST_YEAR] = [1900, 2100]; // of ccmp.moments
const MANY = new Set(["choices"]);

/** {field: [sentences]} of what is wrong; {} when all is well.
 *  @param described {field: {kind, required, …, errors}} @param fields {name: [texts]} as posted
 *  @param choices {field: [[value, label]]} that only the phone knows */
export function checkForm(described, fields, choices = {}) {
  const wrong = {};
  for (const [name, field] of Object.entries(described)) {
    const given = (fields[name] ?? []).map((text) => (field.kind === "tick" ? text : text.trim()));
    const allowed = choices[name]?.map(([value]) => String(value)) ?? field.choices;
    const sentences = MANY.has(field.kind) ? checkMany(field, given, allowed) : checkOne(field, given[given.length - 1] ?? "", allowed);
    if (sentences.length) wrong[name] = sentences;
  }
  return wrong;
}

/** The form of a page that was posted: the one that most of the fields belong to. */
export function formPosted(forms, fields) {
  const own = (described) => Object.keys(described).filter((name) => name in fields).length;
  const found = Object.values(forms ?? {}).sort((a, b) => own(b) - own(a))[0];
  return found && own(found) ? found : {};
}

const says = (field, code, values = {}) => [
  (field.errors[code] ?? field.errors.invalid ?? "").replace(/%\((\w+)\)[sd]/g, (_found, name) => String(values[name] ?? "")),
];

function checkOne(field, text, allowed) {
  if (text === "" || (field.kind === "tick" && /^false$/i.test(text))) return field.required ? says(field, "required") : [];
  switch (field.kind) {
    case "text": return checkText(field, text);
    case "number": return checkNumber(field, text);
    case "choice": return allowed?.length && !allowed.includes(text) ? says(field, "invalid_choice", { value: text }) : [];
    case "uuid": return A_UUID.test(text) ? [] : says(field, "invalid");
    case "day": return isDay(text) ? checkYear(field, text) : says(field, "invalid");
    case "clock": return isClock(text) ? [] : says(field, "invalid");
    case "moment": return isMoment(text) ? checkYear(field, text) : says(field, "invalid");
    default: return [];
  }
}

function checkMany(field, given, allowed) {
  const chosen = given.filter((one) => one !== "");
  if (!chosen.length) return field.required ? says(field, "required") : [];
  const strange = allowed?.length ? chosen.find((one) => !allowed.includes(one)) : undefined;
  return strange === undefined ? [] : says(field, "invalid_choice", { value: strange });
}

function checkText(field, text) {
  const length = [...text].length;
  const values = (limit) => ({ limit_value: limit, show_value: length });
  if (field.max_length && length > field.max_length) return says(field, "max_length", values(field.max_length));
  if (field.min_length && length < field.min_length) return says(field, "min_length", values(field.min_length));
  return [];
}

function checkNumber(field, text) {
  if (!A_NUMBER.test(text)) return says(field, "invalid");
  const number = Number(text.replace(/_/g, ""));
  if (field.max_value !== undefined && number > field.max_value) return says(field, "max_value", { limit_value: field.max_value });
  if (field.min_value !== undefined && number < field.min_value) return says(field, "min_value", { limit_value: field.min_value });
  return [];
}

/** The twin of DayField and MomentField: a year that nobody remembers or plans for is a slip. */
function checkYear(field, text) {
  const year = Number(/^(\d{4})-/.exec(text)?.[1] ?? OLDEST_YEAR);
  return field.errors.range && (year < OLDEST_YEAR || year > LAST_YEAR) ? says(field, "range") : [];
}

// The browser's own fields write days and times as ISO does. Another way of writing is left to the server to read.

const isForeign = (text) => /\d/.test(text) && !/^\d+-\d+-\d+/.test(text) && !A_CLOCK.test(text);

function isDay(text) {
  const found = A_DAY.exec(text);
  if (!found) return isForeign(text);
  const [year, month, day] = found.slice(1).map(Number);
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year, month) { return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate(); }

function isClock(text) {
  const found = A_CLOCK.exec(text);
  if (!found) return false;
  const [hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0));
  return hour < 24 && minute < 60 && second < 60;
}

function isMoment(text) {
  const found = A_MOMENT.exec(text);
  if (!found) return isDay(text);
  return isDay(found[1]) && (isClock(found[2]) || isForeign(text) || /[Z+]/.test(found[2]));
}
