"""What a phone keeps of one person: sealed, all or nothing, and nothing that is unsent is ever lost."""

from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]
NAME = "王小明"
WITH_STORE = """async (load, given) => {
  const stores = await load("store.js");
  const holders = await load("holders.js");
  const database = await load("database.js");
  const {hold} = await load("keys.js");
  const keyOf = () => crypto.subtle.generateKey({name: "AES-GCM", length: 256}, false, ["encrypt", "decrypt"]);
  const mother = "mother-1";
  const key = await keyOf();
  const store = await stores.openStore(mother, key);
  const child = (number, more = {}) => [`child:${number}`, `h${number}`, {name: `王小明${number}`, ...more}];
  const written = {kind: "visits:record", path: "/visits/record/", fields: {note: ["王小明"]}, state: "waiting"};
  const entry = (id, more = {}) => ({id, ...written, ...more});
  %s
}"""
RAW = """async () => {
  const seen = [];
  const walk = (value) => {
    if (value instanceof CryptoKey) { if (value.extractable) seen.push("an extractable key"); return; }
    if (value instanceof ArrayBuffer) value = new Uint8Array(value);
    if (ArrayBuffer.isView(value)) { seen.push(new TextDecoder().decode(value)); return; }
    if (value && typeof value === "object") return Object.entries(value).forEach(([name, one]) => { seen.push(name); walk(one); });
    seen.push(String(value));
  };
  for (const {name, version} of await indexedDB.databases()) {
    const asked = indexedDB.open(name, version);
    const db = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((resolve) => {
        const found = [];
        db.transaction(store).objectStore(store).openCursor().onsuccess = ({target: {result}}) => {
          if (!result) return resolve(found);
          found.push([result.key, result.value]);
          result.continue();
        };
      });
      walk([name, store, rows]);
    }
    db.close();
  }
  return seen.join("\\n");
}"""


def with_store(in_chromium: Ask, body: str, given: Any = None) -> Any:
    return in_chromium(WITH_STORE % body, given)


def test_sheets_are_there_again_when_the_store_is_opened_again(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.putDocs([child(1), child(2)], {meta: {cursor: "c1"}});
        store.close();
        const again = await stores.openStore(mother, key);
        return [[...await again.docs()], [...await again.hashes()], await again.meta()];""",
    )

    assert sorted(found[0]) == [["child:1", {"name": f"{NAME}1"}], ["child:2", {"name": f"{NAME}2"}]]
    assert sorted(found[1]) == [["child:1", "h1"], ["child:2", "h2"]]
    assert found[2] == {"cursor": "c1"}


def test_a_part_is_taken_in_whole_or_not_at_all(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.putDocs([child(1)], {meta: {cursor: "c1"}});
        await store.putDocs([child(2)], {gone: ["child:1"], meta: {cursor: "c2"}});
        const really = IDBObjectStore.prototype.put;
        let puts = 0;
        IDBObjectStore.prototype.put = function (...all) {
          puts += 1;
          if (puts === 3) throw new Error("the disk is full");
          return really.apply(this, all);
        };
        const taking = store.putDocs([child(3)], {gone: ["child:2"], meta: {cursor: "c3"}});
        const told = await taking.catch((error) => error.message);
        IDBObjectStore.prototype.put = really;
        const again = await stores.openStore(mother, key);
        return [told, [...(await store.docs()).keys()], [...(await again.docs()).keys()], (await again.meta()).cursor];""",
    )

    assert found == ["the disk is full", ["child:2"], ["child:2"], "c2"]


def test_two_workers_on_one_store_take_nothing_from_each_other(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """const other = await stores.openStore(mother, key);
        await Promise.all([1, 2, 3, 4].flatMap((number) => [
          store.putDocs([child(number)], {meta: (meta) => ({kept: (meta.kept ?? 0) + 1})}),
          other.putDocs([child(number + 10)], {meta: (meta) => ({kept: (meta.kept ?? 0) + 1})}),
        ]));
        return [[...(await other.docs()).keys()].sort(), (await store.meta()).kept];""",
    )

    assert found == [sorted(f"child:{n}" for n in (1, 2, 3, 4, 11, 12, 13, 14)), 8]


def test_entries_keep_their_order_and_take_their_draft_away(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.keepDraft("/visits/record/?child=1", {note: ["王"]});
        await store.keepDraft("/club/", {note: ["李"]});
        await store.addEntry(entry("a"), {draft: "/visits/record/?child=1"});
        await store.addEntry(entry("b"));
        const again = await stores.openStore(mother, key);
        const drafts = [await again.draft("/visits/record/?child=1"), await again.draft("/club/")];
        return [(await again.entries()).map(({seq, id}) => [seq, id]), ...drafts];""",
    )

    assert found == [[[1, "a"], [2, "b"]], None, {"note": ["李"]}]


def test_entries_of_two_pages_at_once_are_all_there(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """const other = await stores.openStore(mother, key);
        await Promise.all(["a", "b", "c", "d", "e", "f"].map((id, place) => (place % 2 ? store : other).addEntry(entry(id))));
        const entries = await store.entries();
        return [entries.map(({id}) => id).sort(), entries.map(({seq}) => seq)];""",
    )

    assert found == [["a", "b", "c", "d", "e", "f"], [1, 2, 3, 4, 5, 6]]


def test_two_changes_of_one_entry_at_once_are_both_made(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.addEntry(entry("a", {tried: 0}));
        const other = await stores.openStore(mother, key);
        const once = (one) => ({tried: one.tried + 1});
        await Promise.all([store, other, store, other].map((one) => one.changeEntry(1, once)));
        return (await store.entries())[0].tried;""",
    )

    assert found == 4


def test_a_number_is_never_given_twice_also_when_the_last_entry_has_gone(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.addEntry(entry("a"));
        await store.dropEntries([1]);
        return (await store.addEntry(entry("b"))).seq;""",
    )

    assert found == 2


def test_a_record_that_was_changed_or_moved_does_not_open(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.addEntry(entry("a"));
        await store.addEntry(entry("b"));
        const db = await database.openDatabase(`ccmp-${mother}`, stores.STEPS);
        const first = await database.reading(db, "outbox", ({outbox}) => database.answer(outbox.get(1)));
        await database.writing(db, "outbox", ({outbox}) => database.answer(outbox.put(first, 2)));
        const again = await stores.openStore(mother, key);
        return again.entries().then(() => "opened", (error) => error.name);""",
    )

    assert found == "OperationError"


def test_another_key_opens_nothing(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.putDocs([child(1)]);
        const other = await stores.openStore(mother, await keyOf());
        return other.docs().then(() => "opened", (error) => error.name);""",
    )

    assert found == "OperationError"


def test_nothing_of_a_child_can_be_read_in_what_lies_on_the_phone(in_chromium: Ask) -> None:
    """Two mothers on one phone; every key, name and byte of every database is looked through."""
    with_store(
        in_chromium,
        """const sheet = ["child:01890000-0000-7000-8000-0000000000aa", "h", {name: "王小明"}];
        await store.putDocs([sheet], {meta: {cursor: "c", token: "the-token"}});
        await store.addEntry(entry("a"));
        await store.keepDraft("/children/01890000-0000-7000-8000-0000000000aa/", {note: ["王小明"]});
        const second = await stores.openStore("mother-2", await keyOf());
        await second.putDocs([["child:2", "h", {name: "赵小红"}]]);
        await holders.changeHolder(mother, () => ({name: "李娟", set_up_at: 1}));
        store.close(); second.close();""",
    )

    lying_there = in_chromium(RAW)

    assert "李娟" in lying_there, "the walk found nothing at all"
    for secret in (NAME, "赵小红", "0000000000aa", "the-token", "visits", "/children/", "an extractable key"):
        assert secret not in lying_there


def test_signing_out_takes_all_of_hers_and_nothing_of_another_s(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await holders.changeHolder(mother, () => ({name: "李娟", set_up_at: 1}));
        await holders.changeHolder("mother-2", () => ({name: "张敏", set_up_at: 2}));
        await (await stores.openStore("mother-2", key)).addEntry(entry("a"));
        await store.putDocs([child(1)]);
        await stores.wipe(mother);
        return [(await holders.holders()).map(({name}) => name), (await indexedDB.databases()).map(({name}) => name).sort()];""",
    )

    assert found == [["张敏"], ["ccmp", "ccmp-mother-2"]]


@pytest.mark.parametrize("state", ["waiting", "refused"])
def test_nothing_is_taken_off_while_something_is_unsent(in_chromium: Ask, state: str) -> None:
    found = with_store(
        in_chromium,
        """await holders.changeHolder(mother, () => ({name: "李娟", set_up_at: 1}));
        await store.putDocs([child(1)]);
        await store.addEntry(entry("a", {state: given}));
        const told = await stores.wipe(mother).catch((error) => [error.constructor.name, error.waiting, error.refused]);
        const again = await stores.openStore(mother, key);
        return [told, (await again.entries()).length, (await again.docs()).size, (await holders.holders()).length];""",
        state,
    )

    counts = [1, 0] if state == "waiting" else [0, 1]
    assert found == [["Unsent", *counts], 1, 1, 1]


def test_what_the_server_has_does_not_keep_her_from_signing_out(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.addEntry(entry("a"));
        await store.changeEntry(1, {state: "sent"});
        const counts = await stores.unsentOf(mother);
        await stores.wipe(mother);
        return [counts, (await indexedDB.databases()).map(({name}) => name)];""",
    )

    assert found == [{"waiting": 0, "refused": 0}, ["ccmp"]]


def test_a_phone_out_of_use_loses_what_it_could_read_and_keeps_what_is_unsent(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.putDocs([child(1)], {meta: {token: "t"}});
        await store.keepDraft("/club/", {note: ["李"]});
        await store.addEntry(entry("a"));
        await store.docs();
        await stores.emptyReading(mother);
        const kept = [(await store.entries()).length, (await store.meta()).token];
        return [(await store.docs()).size, await store.draft("/club/"), ...kept];""",
    )

    assert found == [0, None, 1, "t"]


def test_a_newer_edition_of_the_store_keeps_every_entry(in_chromium: Ask) -> None:
    found = with_store(
        in_chromium,
        """await store.addEntry(entry("a"));
        await store.putDocs([child(1)], {meta: {cursor: "c"}});
        const newer = [...stores.STEPS, (db) => db.createObjectStore("photos")];
        (await database.openDatabase(`ccmp-${mother}`, newer)).close();
        const again = await stores.openStore(mother, key);
        await again.addEntry(entry("b"));
        return [(await again.entries()).map(({id}) => id), (await again.docs()).size, (await again.meta()).cursor];""",
    )

    assert found == [["a", "b"], 1, "c"]


def test_what_was_answered_is_there_after_the_tab_is_killed(in_chromium: Ask) -> None:
    """Half of it runs in a frame that is thrown away the moment that the write is answered."""
    found = in_chromium("""async (load) => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      const key = await crypto.subtle.generateKey({name: "AES-GCM", length: 256}, false, ["encrypt", "decrypt"]);
      window.done = () => {};
      const killed = new Promise((resolve) => { window.done = resolve; });
      window.givenKey = key;
      const script = frame.contentDocument.createElement("script");
      script.type = "module";
      script.textContent = `import { openStore } from "/js/phone/store.js";
        const store = await openStore("mother-1", parent.givenKey);
        await store.addEntry({id: "a", state: "waiting"});
        store.addEntry({id: "half", state: "waiting"});
        parent.done();`;
      frame.contentDocument.body.append(script);
      await killed;
      frame.remove();
      const {openStore} = await load("store.js");
      const again = await openStore("mother-1", key);
      const before = (await again.entries()).map(({id}) => id);
      await again.addEntry({id: "b", state: "waiting"});
      return [before[0], (await again.entries()).map(({id}) => id).pop()];
    }""")

    assert found == ["a", "b"]


def test_540_children_open_in_a_moment(in_chromium: Ask) -> None:
    """A cheap phone is some six times slower than this machine: it has two seconds."""
    milliseconds = with_store(
        in_chromium,
        """const words = "与爷爷奶奶同住，父亲在东莞务工，母亲在杭州务工。";
        await store.putDocs(Array.from({length: 1800}, (_, number) => child(number, {words: words.repeat(5), born_on: "2016-03-05"})));
        store.close();
        const again = await stores.openStore(mother, key);
        const began = performance.now();
        const size = (await again.docs()).size;
        return [size, performance.now() - began];""",
    )

    assert milliseconds[0] == 1800
    assert milliseconds[1] < 350
