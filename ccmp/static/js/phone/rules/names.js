/* Finding a child by its name: the twin of children/rules/names.py and of children/models/matching.py. How characters are
   spoken comes down with the register: {"chen": "晨陈"}; a character that no child of the village has is not known. */

const SPACES = /[\s\x1c-\x1f\x85]+/gu;
const DOTS = "·•・‧∙⋅."; // between the parts of a name, as keyboards have them
const WORDS = new RegExp(`[0-9a-z]+|[^0-9a-z ${DOTS}]+`, "gu");
const ANY_DOT = new RegExp(`[${DOTS}]`, "gu");
const PASSPORT = /^([ln])yu/; // 吕 is LYU there
const WIDE = /[\uff00-\uffef]+/gu;
const UNSEEN = /[\0\u200b-\u200f\u2060\ufeff]+/gu;
const TONES = /([a-z])[\u0300-\u036f]+/gu;
const FAMILY_NAMES = {
  尉迟: "yu chi,wei chi", 万俟: "mo qi,wan si", 澹台: "tan tai,dan tai", 长孙: "zhang sun,chang sun", 单于: "chan yu,dan yu",
  单: "shan,dan", 曾: "zeng,ceng", 解: "xie,jie", 仇: "qiu,chou", 区: "ou,qu", 查: "zha,cha", 朴: "piao,pu",
  盖: "ge,gai", 翟: "zhai,di", 乐: "yue,le", 员: "yun,yuan", 缪: "miao,mou", 尉: "wei,yu", 召: "shao,zhao",
  祭: "zhai,ji", 折: "she,zhe", 繁: "po,fan", 重: "chong,zhong", 隗: "wei,kui", 宓: "mi,fu",
  秘: "bi,mi", 种: "chong,zhong", 能: "nai,neng", 洗: "xian,xi", 谌: "chen,shen", 郇: "xun,huan", 郗: "xi,chi",
  覃: "qin,tan", 句: "gou,ju", 粘: "nian,zhan", 牟: "mu,mou",
  薄: "bo,bao", 卜: "bu,bo", 乜: "nie,mie", 佴: "nai,er",
};
const CHINESE_NAME = 3;
const [EXACT, BEGINS, HAS] = [0, 1, 2];
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

/** Toneless pinyin, its syllables parted by spaces, its readings by commas: 张思 is "zhang si", 单芳 "shan fang,dan fang". */
export function pinyinOf(syllables, name) { return readings(syllables, name).map((one) => one.join(" ")).join(","); }

/** The first letter of each syllable: 张思 is zs, 单芳 "sf,df". */
export function initialsOf(syllables, name) {
  return readings(syllables, name).map((one) => one.map((syllable) => [...syllable][0]).join("")).join(",");
}

function readings(syllables, name) {
  const signs = [...name];
  const family = [signs.slice(0, 2).join(""), signs[0] ?? ""].find((one) => Object.hasOwn(FAMILY_NAMES, one)) ?? "";
  const given = syllablesIn(spoken(syllables), signs.slice([...family].length));
  return family ? FAMILY_NAMES[family].split(",").map((reading) => [...reading.split(" "), ...given]) : [given];
}

/** Letters that follow each other are one. */
function syllablesIn(heard, signs) {
  const found = [];
  let follows = false;
  for (const sign of signs) {
    const syllable = heard.get(sign) ?? "";
    const isLetter = syllable !== "" && syllable === plainLetters(sign);
    if (isLetter && follows) found[found.length - 1] += syllable;
    else if (syllable) found.push(syllable);
    follows = isLetter;
  }
  return found;
}

/** Whether each character of a name is one that the phone can speak. */
export const isSpoken = (syllables, name) => [...name].every((sign) => spoken(syllables).has(sign));

// ── what is looked for ──────────────────────────────────────────────────────────────────────────────────────────────

/** What was said as words to look for. */
export function wordsIn(said) {
  const plain = plainLetters(said).replace(SPACES, " ").trim();
  return (plain.match(WORDS) ?? []).map((word) => word.replace(PASSPORT, "$1v"));
}

/** Half width, small, without tones, ü as v: the twin of ccmp/letters.py. */
function plainLetters(text) {
  const narrow = text.replace(UNSEEN, "").replace(WIDE, (found) => found.normalize("NFKC")).toLowerCase();
  return narrow.normalize("NFD").replaceAll("u\u0308", "v").replace(TONES, "$1").normalize("NFC");
}

const isLetters = (word) => /^[0-9a-z]+$/.test(word);
const spokenSo = (word) => [...word].join(" ?");

/** Whether a name has each of the words: its characters, letters from the beginning of a syllable, or its initials. */
export function isFound(syllables, name, said) {
  const words = wordsIn(said);
  if (!words.length) return true;
  const [pinyin, initials] = [pinyinOf(syllables, name), initialsOf(syllables, name)];
  return words.every((word) => (isLetters(word)
    ? new RegExp(`(^|[ ,])${spokenSo(word)}`).test(pinyin) || new RegExp(`(^|,)${word}`).test(initials)
    : name.includes(word) || isUndotted(name, word)));
}

/** Whether each of the words is in one of the names: the twin of is_found_among. */
export function isFoundAmong(syllables, names, said) {
  return wordsIn(said).every((word) => names.some((name) => name && isFound(syllables, name, word)));
}

/** Long names may have dots between their parts, which people leave out. */
function isUndotted(name, word) {
  return [...word].length > CHINESE_NAME && /^[\p{L}\p{N}]+$/u.test(word) && name.replace(ANY_DOT, "").includes(word);
}

/** The very name, names that begin so, names that have it. */
export function nearness(syllables, name, said) {
  const text = wordsIn(said).join("");
  if (!text) return BEGINS; // every name
  const heard = isLetters(text) ? spokenSo(text) : "";
  const pinyin = heard && pinyinOf(syllables, name);
  if (name === text || (heard && new RegExp(`(^|,)${heard}(,|$)`).test(pinyin))) return EXACT;
  if (name.startsWith(text)) return BEGINS;
  const begins = heard && (new RegExp(`(^|,)${heard}`).test(pinyin) || new RegExp(`(^|,)${text}`).test(initialsOf(syllables, name)));
  return begins ? BEGINS : HAS;
}

// ── their order ─────────────────────────────────────────────────────────────────────────────────────────────────────

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
export function byNearness(a, b) { return a.near - b.near || byName(a, b); }
export function byName(a, b) { return compare(a.pinyin, b.pinyin) || compare(a.born_on, b.born_on) || compare(a.id, b.id); }
