/* Finding a child by its name: the twin of children/rules/names.py and of ChildQuerySet.matching. How characters are
   spoken comes down with the register: {"chen": "晨陈"}; a character that no child of the village has is not known. */

const SPACES = /[\s\x1c-\x1f\x85]+/gu;
const known = new WeakMap();

/** Characters → how they are spoken. */
function spoken(syllables) {
  if (!syllables) return new Map();
  if (!known.has(syllables)) {
    const pairs = Object.entries(syllables).flatMap(([syllable, characters]) => [...characters].map((one) => [one, syllable]));
    known.set(syllables, new Map(pairs));
  }
  return known.get(syllables);
}

/** Toneless pinyin without spaces: 张思 is zhangsi. */
export function pinyinOf(syllables, name) {
  const heard = spoken(syllables);
  return [...name].map((one) => heard.get(one) ?? "").join("");
}

/** The first letter of each syllable: 张思 is zs. */
export function initialsOf(syllables, name) {
  const heard = spoken(syllables);
  return [...name].map((one) => [...(heard.get(one) ?? "")][0] ?? "").join("");
}

/** Words as they are compared: in small letters, without spaces. */
export const asSearched = (words) => words.toLowerCase().replace(SPACES, "");

/** Whether a name has these characters, or its pinyin has them, or its initials begin so. */
export function isFound(syllables, name, words) {
  const text = asSearched(words);
  return !text || name.includes(text) || pinyinOf(syllables, name).includes(text) || initialsOf(syllables, name).startsWith(text);
}

/** As the database orders texts: by their characters' numbers. */
export function compare(a, b) {
  const [left, right] = [[...a], [...b]];
  const place = left.findIndex((one, number) => one !== right[number]);
  if (place < 0) return left.length - right.length;
  if (right[place] === undefined) return 1;
  return left[place].codePointAt(0) - right[place].codePointAt(0);
}

/** The order of a list of children {pinyin, born_on, id}. */
export function byName(a, b) { return compare(a.pinyin, b.pinyin) || compare(a.born_on, b.born_on) || compare(a.id, b.id); }
