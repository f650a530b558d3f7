/* What the browser keeps of one edition of the app: its packs, styles, scripts and drawings. All of it, or none. */

const NAME = "ccmp shell ";

/** The shelf of one edition. @param edition {version, packs: {language: address}, assets: [addresses]} */
export class Shelf {
  #packs = new Map();

  constructor(edition) { this.edition = edition; }

  get name() { return NAME + this.edition.version; }

  /** Fetches everything before anything is kept: an edition is there as a whole or not at all. */
  async fill() {
    const wanted = [...Object.values(this.edition.packs), ...this.edition.assets];
    const answers = await Promise.all(wanted.map(async (address) => {
      const answer = await fetch(new Request(address, { cache: "no-cache", credentials: "omit" }));
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return [address, answer];
    }));
    const cache = await caches.open(this.name);
    await Promise.all(answers.map(([address, answer]) => cache.put(address, answer)));
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

  /** The pack in her language, else in any; {pack, headers}. Throws when the browser has thrown the shelf away. */
  async pack(language) {
    const { packs } = this.edition;
    const address = packs[language] ?? Object.values(packs)[0];
    if (!this.#packs.has(address)) this.#packs.set(address, this.#read(address));
    try {
      return await this.#packs.get(address);
    } catch (error) {
      this.#packs.delete(address);
      throw error;
    }
  }

  async #read(address) {
    const cache = await caches.open(this.name);
    let answer = await cache.match(address, { ignoreVary: true });
    if (!answer) {
      await this.fill();
      answer = await cache.match(address, { ignoreVary: true });
    }
    return { pack: await answer.json(), headers: headersOf(answer) };
  }
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
