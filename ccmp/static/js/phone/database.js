/* IndexedDB with promises: as little of it as the phone needs. */

/** A request's result. */
export function asked(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when a transaction is on the disk. */
export function written(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("aborted"));
  });
}

/** @param upgrade (database, from) makes what an edition lacks; it takes nothing away */
export function openDatabase(name, version, upgrade) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = (event) => upgrade(request.result, event.oldVersion);
    request.onsuccess = () => {
      request.result.onversionchange = () => request.result.close(); // a newer edition in another tab must not wait
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
}

/** One write, durable: what she was told is written down survives an empty battery. */
export function writing(database, stores) { return database.transaction(stores, "readwrite", { durability: "strict" }); }
