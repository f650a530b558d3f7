/* Carries out what the server left open of a page: the twin of ccmp/web/shells. Ops in, HTML out; no clock, no store. */

import * as said from "./words.js";

/** Text that is HTML already. */
export class Html {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

/** A page's HTML.
 *  @param ops the shell's instructions; @param context the page's values, by their Django names
 *  @param tools {icons: address of icons.svg, address: URL of the page, twins: {part: (…) => values}} */
export function render(ops, context, tools) { return new Page(context, tools).write(ops); }

export function escape(value) {
  return String(value).replace(/[&<>"']/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" })[one]);
}

/** What a template holds true: as in Python, nothing empty. */
export function isTrue(value) {
  if (!value) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map || value instanceof Set) return value.size > 0;
  return !(value instanceof Html) || value.text !== "";
}

class Page {
  constructor(context, tools) {
    this.frames = [context];
    this.tools = tools;
  }

  write(ops) { return ops.map((op) => (typeof op === "string" ? op : this.writeOp(op))).join(""); }

  writeOp(op) {
    switch (op[0]) {
      case "if": return this.writeIf(op[1]);
      case "for": return this.writeFor(op);
      case "n": return this.write(said.form(op[2], this.value(op[1])));
      case "tag": return this.tag(op);
      case "part": return this.part(op);
      default: return this.text(this.value(op));
    }
  }

  text(value) {
    if (value === null || value === undefined) return "";
    if (value === true) return "True";
    if (value === false) return "False";
    return value instanceof Html ? value.text : escape(value);
  }

  writeIf(ways) {
    const way = ways.find(([condition]) => condition === null || isTrue(this.value(condition)));
    return way ? this.write(way[1]) : "";
  }

  writeFor([, names, sequence, each, empty, isReversed]) {
    const found = this.value(sequence);
    const rows = found ? [...found] : [];
    if (!rows.length) return this.write(empty);
    if (isReversed) rows.reverse();
    return rows.map((row, number) => {
      const values = names.length === 1 ? { [names[0]]: row } : Object.fromEntries(names.map((name, place) => [name, row[place]]));
      const forloop = { counter0: number, counter: number + 1, revcounter: rows.length - number, first: number === 0, last: number === rows.length - 1 };
      return this.within({ ...values, forloop }, each);
    }).join("");
  }

  within(values, ops) {
    this.frames.push(values);
    try { return this.write(ops); } finally { this.frames.pop(); }
  }

  part([, name, args, keywords, ops]) {
    const twin = this.tools.twins?.[name] ?? PARTS[name];
    return this.within(twin(...this.values(args), this.named(keywords), this.tools), ops);
  }

  tag([, name, args, keywords]) { return this.text(TAGS[name].call(this, this.values(args), this.named(keywords))); }

  values(expressions) { return expressions.map((one) => this.value(one)); }
  named(expressions) { return Object.fromEntries(Object.entries(expressions).map(([name, one]) => [name, this.value(one)])); }

  value(expression) {
    const [kind, first, second] = expression;
    switch (kind) {
      case "v": return this.path(first);
      case "at": return look(this.value(first), second);
      case "c": return first;
      case "o": return new Html(this.write(first));
      case "f": return this.filtered(expression);
      case "first": return first.map((one) => this.value(one)).find(isTrue) ?? "";
      case "not": return !isTrue(this.value(first));
      case "and": { const left = this.value(first); return isTrue(left) ? this.value(second) : left; }
      case "or": { const left = this.value(first); return isTrue(left) ? left : this.value(second); }
      case "n": case "if": case "for": case "tag": case "part": return new Html(this.writeOp(expression));
      default: return compare(kind, this.value(first), this.value(second));
    }
  }

  path(path) {
    const [name, ...rest] = path.split(".");
    for (let number = this.frames.length - 1; number >= 0; number -= 1) {
      if (this.frames[number][name] !== undefined) return rest.reduce(look, this.frames[number][name]);
    }
    return undefined;
  }

  filtered([, value, name, ...args]) {
    const filter = FILTERS[name];
    if (!filter) throw new Error(`No filter ${name} on the phone: add it to render.js.`);
    return filter(this.value(value), ...this.values(args));
  }
}

function look(value, name) {
  if (value === null || value === undefined) return undefined;
  const found = value instanceof Map ? value.get(name) : value[name];
  return typeof found === "function" ? found.call(value) : found;
}

function compare(kind, left, right) {
  const [a, b] = [plain(left), plain(right)];
  switch (kind) {
    case "==": return a === b;
    case "!=": return a !== b;
    case "<": return a < b;
    case "<=": return a <= b;
    case ">": return a > b;
    case ">=": return a >= b;
    case "is": return a === b;
    case "is not": return a !== b;
    case "in": return [...(b ?? [])].includes(a);
    case "not in": return ![...(b ?? [])].includes(a);
    default: throw new Error(`No comparison ${kind} on the phone: add it to render.js.`);
  }
}

function plain(value) { return value instanceof Html ? value.text : value === undefined ? null : value; }

// ── filters ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const FILTERS = {
  age: said.age,
  day: said.day,
  day_short: said.dayShort,
  day_full: said.dayFull,
  days_said: said.daysSaid,
  day_iso: (value) => said.dayOf(value),
  moment: said.moment,
  moment_iso: said.momentIso,
  time_of_day: said.timeOfDay,
  week_name: said.weekName,
  month_name: said.monthName,
  duration: said.duration,
  hours_decimal: said.hoursDecimal,
  masked_phone: said.maskedPhone,
  date: (value, format) => (format === "Y-m-d\\TH:i" && value ? said.chinaTime(value) : said.dayOf(value)),
  default: (value, other) => (isTrue(value) ? value : other),
  default_if_none: (value, other) => value ?? other,
  first: (value) => value?.[0] ?? "",
  last: (value) => value?.[value.length - 1] ?? "",
  length: (value) => value?.length ?? value?.size ?? 0,
  join: (value, between) => (value ?? []).join(between),
  linebreaksbr: (value) => new Html(escape(value ?? "").replace(/\r\n|\r|\n/g, "<br>")),
  truncatechars: (value, length) => { const signs = [...String(value ?? "")]; return signs.length <= length ? signs.join("") : `${signs.slice(0, length - 1).join("")}…`; },
  yesno: (value, words) => { const [yes, no, maybe] = words.split(","); return value === null || value === undefined ? maybe ?? no : isTrue(value) ? yes : no; },
};

// ── tags and parts ──────────────────────────────────────────────────────────────────────────────────────────────────

const SOON = 8 * 3600 * 1000;

function icon(tools, name, kind = "") {
  return new Html(`<svg class="${escape(`icon ${kind}`.trim())}" aria-hidden="true"><use href="${tools.icons}#${escape(name)}"/></svg>`);
}

function shape(tools, state, kind = "") {
  return new Html(`<svg${kind ? ` class="${escape(kind)}"` : ""} aria-hidden="true"><use href="${tools.icons}#state-${escape(state)}"/></svg>`);
}

const TAGS = {
  icon([name, kind]) { return icon(this.tools, name, kind); },
  shape([state, kind]) { return shape(this.tools, state, kind); },
  state([state, word, name]) {
    const mark = name ? icon(this.tools, name) : shape(this.tools, state);
    return new Html(`<span class="state" data-state="${escape(state)}">${mark}${this.text(word)}</span>`);
  },
  on_day([value, on]) { return new Html(`<time datetime="${said.dayOf(value)}">${escape(said.day(value, on))}</time>`); },
  at_moment([value, at]) { return new Html(`<time datetime="${said.chinaTime(value)}+08:00">${escape(said.moment(value, at))}</time>`); },
  duration_figure([minutes]) {
    const hours = Math.floor(minutes / 60);
    const values = { hours: `<b>${hours}</b>`, minutes: `<b>${Math.trunc(minutes) % 60}</b>` };
    if (!hours) return new Html(said._("%(minutes)s min", values));
    if (!(minutes % 60)) return new Html(said._("%(hours)s h", values));
    return new Html(said._("%(hours)s h %(minutes)s min", values));
  },
  querystring(_args, changes) {
    const query = new URLSearchParams(this.tools.address?.search ?? "");
    for (const [name, value] of Object.entries(changes)) query.set(name, value);
    return `?${query}`;
  },
};

const PARTS = {
  clock(dueAt, now, ...rest) {
    const { started_at: startedAt, stopped_at: stoppedAt } = rest[rest.length - 2] ?? {};
    const due = said.milliseconds(dueAt);
    const at = said.milliseconds(now);
    const left = due - (stoppedAt ? said.milliseconds(stoppedAt) : at);
    const started = startedAt ? said.milliseconds(startedAt) : due;
    const gone = started < due && left >= 0 ? Math.round((100 * (at - started)) / (due - started)) : 0;
    return { is_stopped: Boolean(stoppedAt), is_late: left < 0, is_soon: left >= 0 && left < SOON, gone: Math.min(Math.max(gone, 0), 100), span: said.span(Math.abs(left)) };
  },
  pager(page) { return { is_numbered: true, page, next_cursor: null, previous_cursor: null }; },
};
