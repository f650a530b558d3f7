/* What the browser keeps of one edition of the app: its packs, styles, scripts and drawings. All of it, or none. */

import { appState } from "./holders.js";

const NAME = "ccmp shell ";

/** The shelf of one edition.
 *  @param edition {version, language: the usual one, packs: {language: [address, version]}, assets: [addresses]} */
export class Shelf {
  #packs = new Map();

  constructor(edition) { this.edition = edition; }

  get name() { return NAME + this.edition.version; }

  /** Fetches everything before anything is kept: an edition is there as a whole or not at all. The packs of languages
   *  that she does not read come when she does. */
  async fill() {
    const language = this.#known(await appState("language"));
    const pack = await this.#fetchPack(language);
    const answers = await Promise.all(this.edition.assets.map(async (address) => [address, await fetched(address)]));
    const cache = await caches.open(this.name);
    await Promise.all([...answers, [this.#address(language), pack]].map(([address, answer]) => cache.put(address, answer)));
  }

  /** Takes the shelves of other editions down. */
  async clearOthers() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(NAME) && name !== this.name).map((name) => caches.delete(name)));
  }

  holds(address) { return this.edition.assets.includes(address); }

  async asset(request) {
    const cache = await caches.open(this.name);
    return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
  }

  /** The pack in her language, else in the usual one; {pack, headers}. */
  async pack(language) {
    const wanted = this.#known(language);
    if (!this.#packs.has(wanted)) this.#packs.set(wanted, this.#read(wanted));
    try {
      return await this.#packs.get(wanted);
    } catch (error) {
      this.#packs.delete(wanted);
      const others = Object.keys(this.edition.packs).filter((other) => other !== wanted);
      for (const other of others) if (await this.#kept(other)) return this.pack(other);
      throw error;
    }
  }

  #known(language) { return language in this.edition.packs ? language : this.edition.language; }
  #address(language) { return this.edition.packs[language][0]; }
  async #kept(language) { return (await caches.open(this.name)).match(this.#address(language), { ignoreVary: true }); }

  async #read(language) {
    let answer = await this.#kept(language);
    if (!answer) {
      answer = await this.#fetchPack(language);
      await (await caches.open(this.name)).put(this.#address(language), answer.clone());
    }
    return { pack: await answer.json(), headers: headersOf(answer) };
  }

  /** A pack of this edition; one of another would not go with these scripts. */
  async #fetchPack(language) {
    const [address, version] = this.edition.packs[language];
    const answer = await fetched(address);
    if (answer.headers.get("ETag")?.includes(version)) return answer;
    throw new Error(`${address} is of another edition.`);
  }
}

async function fetched(address) {
  const answer = await fetch(new Request(address, { cache: "no-cache", credentials: "omit" }));
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

const GUARDS = [
  "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy",
  "X-Content-Type-Options", "X-Frame-Options",
];

/** What a page written on the phone is guarded by: the same as one of the server's. */
function headersOf(answer) {
  const guards = GUARDS.filter((name) => answer.headers.has(name)).map((name) => [name, answer.headers.get(name)]);
  return { ...Object.fromEntries(guards), "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
}
