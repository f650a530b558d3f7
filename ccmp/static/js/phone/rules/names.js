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
  const length = Math.min(a.length, b.length);
  for (let place = 0; place < length; place += 1) {
    const [left, right] = [a.charCodeAt(place), b.charCodeAt(place)];
    if (left !== right) return inTurn(left) - inTurn(right);
  }
  return a.length - b.length;
}

/** Halves of a rare character stand before others by their number, but the whole stands after them. */
const inTurn = (code) => (code >= 0xd800 && code <= 0xdfff ? code + 0x10000 : code);

/** The order of a list of children {pinyin, born_on, id}. */
export function byName(a, b) { return compare(a.pinyin, b.pinyin) || compare(a.born_on, b.born_on) || compare(a.id, b.id); }
