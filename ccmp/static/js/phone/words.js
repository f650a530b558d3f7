/* Words in her language, and days, spans and ages as people say them: the twins of ccmp/web/spoken.py.

   Days are "2026-03-05", moments ISO texts or Dates. Nothing here reads the clock. */

const CHINA = 8 * 3600 * 1000;
const DAY = 86400000;
let words = {};

/** The pack's words: {"msgid" or "context\u0004msgid": text, or [one, many]}. */
export function speak(translated) { words = translated; }

/** A sentence with its values put in, as `%(days)s` or `%(days)d`. */
export function _(msgid, values) { return put(words[msgid] ?? msgid, values); }
export function pgettext(context, msgid, values) { return put(words[`${context}\u0004${msgid}`] ?? msgid, values); }
export function ngettext(one, many, count, values) {
  const forms = words[one] ?? [one, many];
  return put(Array.isArray(forms) ? form(forms, count) : forms, values);
}

/** The form of a plural for a number: a language with one form has one. */
export function form(forms, count) { return forms.length === 1 || Number(count) === 1 ? forms[0] : forms[1]; }

function put(text, values = {}) {
  return text.replace(/%\((\w+)\)[sd]|%%/g, (found, name) => (found === "%%" ? "%" : String(values[name] ?? "")));
}

// ── days and moments ────────────────────────────────────────────────────────────────────────────────────────────────

/** Milliseconds of a moment, or NaN. */
export function milliseconds(moment) { return moment instanceof Date ? moment.getTime() : Date.parse(moment); }

/** A moment as China's clocks show it: "2026-03-05T17:30". */
export function chinaTime(moment) { return new Date(milliseconds(moment) + CHINA).toISOString().slice(0, 16); }

/** The day of a moment in China; a day stays as it is. */
export function dayOf(value) {
  if (!value) return "";
  return typeof value === "string" && value.length === 10 ? value : chinaTime(value).slice(0, 10);
}

export function daysBetween(from, to) { return Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / DAY); }
export function addDays(day, days) { return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10); }
export function mondayOf(day) { return addDays(day, -weekdayOf(day)); }

/** 0 is Monday. */
export function weekdayOf(day) { return (new Date(Date.parse(day)).getUTCDay() + 6) % 7; }

const weekdays = () => [
  pgettext("weekday", "Mon"), pgettext("weekday", "Tue"), pgettext("weekday", "Wed"), pgettext("weekday", "Thu"),
  pgettext("weekday", "Fri"), pgettext("weekday", "Sat"), pgettext("weekday", "Sun"),
];
const months = () => [
  pgettext("month", "January"), pgettext("month", "February"), pgettext("month", "March"), pgettext("month", "April"),
  pgettext("month", "May"), pgettext("month", "June"), pgettext("month", "July"), pgettext("month", "August"),
  pgettext("month", "September"), pgettext("month", "October"), pgettext("month", "November"), pgettext("month", "December"),
];

function parts(day) {
  const [year, month, date] = day.split("-").map(Number);
  return { year, month: months()[month - 1], day: date, weekday: weekdays()[weekdayOf(day)] };
}

export function day(value, on) {
  if (!value) return "";
  const told = dayOf(value);
  if (on) {
    const apart = daysBetween(on, told);
    if (apart === 0) return _("today");
    if (apart === 1) return _("tomorrow");
    if (apart === -1) return _("yesterday");
    if (told.slice(0, 4) !== dayOf(on).slice(0, 4)) return dayShort(told, on);
  }
  return _("%(weekday)s %(day)d %(month)s", parts(told));
}

export function dayShort(value, on) {
  if (!value) return "";
  const told = dayOf(value);
  if (on && told.slice(0, 4) !== dayOf(on).slice(0, 4)) return _("%(day)d %(month)s %(year)d", parts(told));
  return _("%(day)d %(month)s", parts(told));
}

export function dayFull(value) { return value ? _("%(day)d %(month)s %(year)d", parts(dayOf(value))) : ""; }

/** A sentence of a rule with its days as a screen says them. */
export function daysSaid(sentence) {
  return String(sentence ?? "").replace(/(^|[^\d-])(\d{4}-\d\d-\d\d)(?![\d-])/g, (whole, before, day) => (isDay(day) ? before + dayFull(day) : whole));
}

function isDay(day) {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
}

export function moment(value, at) { return value ? `${day(dayOf(new Date(milliseconds(value))), at && dayOf(at))} ${timeOfDay(value)}` : ""; }
export function momentIso(value) { return value ? chinaTime(value).replace("T", " ") : ""; }
export function timeOfDay(value) { return value ? chinaTime(value).slice(11) : ""; }

export function weekName(monday) {
  const sunday = addDays(monday, 6);
  if (monday.slice(0, 7) === sunday.slice(0, 7)) {
    return _("%(first)d–%(last)d %(month)s", { ...parts(monday), first: parts(monday).day, last: parts(sunday).day });
  }
  return _("%(first)s – %(last)s", { first: dayShort(monday), last: dayShort(sunday) });
}

export function monthName(value) { return _("%(month)s %(year)d", parts(`${String(value).slice(0, 7)}-01`)); }

// ── spans and ages ──────────────────────────────────────────────────────────────────────────────────────────────────

export function duration(minutes) {
  if (minutes === null || minutes === undefined || minutes === "") return "";
  const hours = Math.floor(minutes / 60);
  const rest = Math.trunc(minutes) % 60;
  if (!hours) return _("%(minutes)d min", { minutes: rest });
  if (!rest) return _("%(hours)d h", { hours });
  return _("%(hours)d h %(minutes)d min", { hours, minutes: rest });
}

/** How long something has still to run, or is late, in milliseconds. */
export function span(length) {
  const minutes = Math.floor(length / 60000);
  const days = Math.floor(minutes / 1440);
  if (!days) return duration(minutes);
  const said = ngettext("%(days)d day", "%(days)d days", days, { days });
  const hours = Math.floor((minutes % 1440) / 60);
  return hours ? _("%(days)s %(hours)d h", { days: said, hours }) : said;
}

export function hoursDecimal(minutes, required) {
  if (minutes === null || minutes === undefined || minutes === "") return "";
  let tenths = inTenths(minutes);
  if (required !== undefined && required !== null) {
    tenths = minutes >= required ? Math.max(tenths, inTenths(required)) : Math.min(tenths, inTenths(required) - 1);
  }
  const whole = Math.floor(tenths / 10).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  return tenths % 10 ? `${whole}.${tenths % 10}` : whole;
}

function inTenths(minutes) { return Math.floor((Math.trunc(minutes) + 3) / 6); }

export function wholeMonths(bornOn, on) {
  const [year, month, date] = dayOf(bornOn).split("-").map(Number);
  const [thisYear, thisMonth, today] = dayOf(on).split("-").map(Number);
  return (thisYear - year) * 12 + thisMonth - month - (today < date ? 1 : 0);
}

export function age(bornOn, on) {
  if (!bornOn) return "";
  const whole = wholeMonths(bornOn, on);
  const years = Math.floor(whole / 12);
  const rest = whole - years * 12;
  if (whole < 1) return _("under 1 month");
  if (years < 1) return ngettext("%(months)d month", "%(months)d months", rest, { months: rest });
  const said = ngettext("%(years)d year", "%(years)d years", years, { years });
  if (years >= 3 || !rest) return said;
  return `${said} ${ngettext("%(months)d month", "%(months)d months", rest, { months: rest })}`;
}

export function maskedPhone(phone) {
  if (!phone) return "";
  const digits = phone.replace(/\D/g, "");
  return digits.length < 8 ? "****" : `${digits.slice(0, 3)} **** ${digits.slice(-4)}`;
}
