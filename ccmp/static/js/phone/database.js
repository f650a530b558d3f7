/* IndexedDB as promises. Each write is on the disk before it is answered, where the browser can promise that. */

/** Opens a database. `steps` make its shape, one a version; a step only adds, so that no version loses an entry.
 *  @param {string} name @param {Array<(db: IDBDatabase, transaction: IDBTransaction) => void>} steps */
export async function openDatabase(name, steps) {
  try {
    return await opened(indexedDB.open(name, steps.length), steps);
  } catch (error) {
    if (error.name !== "VersionError") throw error;
    return opened(indexedDB.open(name), steps); // a newer edition of the app was here: its shape holds ours
  }
}

function opened(request, steps) {
  return new Promise((resolve, reject) => {
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const step of steps.slice(oldVersion)) step(request.result, request.transaction);
    };
    request.onsuccess = () => {
      const db = request.result;
      db.onversionchange = () => db.close(); // somebody wants to rebuild or remove it: never stand in the way
      resolve(db);
    };
    request.onerror = () => reject(request.error);
  });
}

/** Removes a database, also while other pages have it open: they let go by themselves. */
export function removeDatabase(name) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}

export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Reads in one transaction: `read` gets the stores by name and may await requests only. */
export function reading(db, names, read) { return within(db.transaction(names, "readonly"), names, read); }

/** Writes in one transaction, all or nothing; answered when it is on the disk. A `write` that throws undoes all of it. */
export function writing(db, names, write) { return within(db.transaction(names, "readwrite", { durability: "strict" }), names, write); }

async function within(transaction, names, work) {
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("The write was undone.", "AbortError"));
  });
  done.catch(() => {}); // told below, once
  let result;
  try {
    result = await work(Object.fromEntries([names].flat().map((name) => [name, transaction.objectStore(name)])));
  } catch (error) {
    try { transaction.abort(); } catch { /* it is over already */ }
    throw error;
  }
  await done;
  return result;
}
