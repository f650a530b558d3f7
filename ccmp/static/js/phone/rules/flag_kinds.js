/* What each kind of flag is by itself. The twin of visits/rules/flag_kinds.py; `kinds` is {kind: {severity, makes_high}}. */

const RANK = { concern: 0, serious: 1, mandatory: 2 };

/** The kind's own severity, or the one that was asked for when that is higher. */
export function severityOf(kinds, kind, asked = "") {
  const own = kinds[kind].severity;
  return asked && RANK[asked] > RANK[own] ? asked : own;
}
