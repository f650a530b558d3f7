/* The checklist of a home visit: the level that its answers come to. The twin of visits/rules/checklists.py.
   `asked` is one version: {version, medium_from, high_from, items: [{id, weight, danger_is_high, report}, ...]}. */

export const FINE = 0;
export const WORRY = 1;
export const DANGER = 2;

/** The sum of weight × rating over the items that were asked. */
export function scoreOf(asked, answers) {
  return asked.items.reduce((sum, item) => sum + item.weight * (answers[item.id] ?? FINE), 0);
}

/** Override first, then a danger that is high by itself, then the score. */
export function levelOf(asked, answers, override = "") {
  if (override || asked.items.some((item) => item.danger_is_high && answers[item.id] === DANGER)) return "high";
  const score = scoreOf(asked, answers);
  if (score >= asked.high_from) return "high";
  return score >= asked.medium_from ? "medium" : "low";
}

/** Answers as they are kept (one digit an item, "-" not asked) to {item: rating}, and back. */
export function answersFrom(asked, kept) {
  const answers = {};
  asked.items.forEach((item, place) => {
    const digit = kept?.[place];
    if (digit !== undefined && digit !== "-") answers[item.id] = Number(digit);
  });
  return answers;
}

export function answersAsKept(asked, answers) {
  if (!Object.keys(answers).length) return "";
  return asked.items.map((item) => answers[item.id] ?? "-").join("");
}
