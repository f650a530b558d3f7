"""The programme's words: English in the source, Chinese in `ccmp/locale/zh_Hans/LC_MESSAGES/django.po`.

    tools/words.py add       read pairs as JSON on standard input, merge them, compile
                             {"Open the door": "开门"} or
                             [{"msgid": "%(n)s child", "msgid_plural": "%(n)s children", "msgstr": "%(n)s 个孩子"},
                              {"msgid": "Open", "msgctxt": "a club's door", "msgstr": "开着"}]
    tools/words.py missing   print what the source says and the catalogue does not, as JSON ready to be filled in
    tools/words.py check     fail if a word is missing, empty, fuzzy, no longer used, or says other placeholders
    tools/words.py sync      note where each word is used, drop what nobody uses
    tools/words.py compile   make the .mo, which is not kept in git

A pair that is already translated otherwise is kept and reported; `add --replace` changes it. Several people may add at
once: each one waits for the lock.
"""

import argparse
import contextlib
import fcntl
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "ccmp" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
SOURCES = ("ccmp", "children", "clubs", "visits", "referrals", "templates")
PLACEHOLDER = re.compile(r"%\((\w+)\)[-#0 +]*[\d.]*[a-zA-Z]|\{(\w*)[^{}]*\}|%[sd]")
CHINESE = re.compile(r"[\u3400-\u9fff]")
HEADER = {
    "Project-Id-Version": "ccmp",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
Key = tuple[str, str, str]


def key_of(entry: polib.POEntry) -> Key:
    return (entry.msgid, entry.msgctxt or "", entry.msgid_plural or "")


def translation_of(entry: polib.POEntry) -> str:
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def placeholders(text: str) -> set[str]:
    return {match.group(0) for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


# ── the catalogue ───────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def locked() -> Iterator[None]:
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with open(Path(tempfile.gettempdir()) / f"ccmp-words-{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read() -> polib.POFile:
    if CATALOGUE.exists():
        return polib.pofile(str(CATALOGUE), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = HEADER
    return catalogue


def replace_file(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".words-", delete=False) as new:
        new.write(content)
    os.chmod(new.name, 0o644)
    os.replace(new.name, path)


def write(catalogue: polib.POFile) -> None:
    catalogue.metadata = HEADER
    catalogue.sort(key=key_of)
    replace_file(CATALOGUE, str(catalogue).encode())
    compile_catalogue(catalogue)


def compile_catalogue(catalogue: polib.POFile) -> None:
    replace_file(CATALOGUE.with_suffix(".mo"), catalogue.to_binary())


# ── what the source says ────────────────────────────────────────────────────────────────────────────────────────────


def words_in_source() -> polib.POFile:
    """What Django's own `makemessages` finds, in a copy: it leaves files beside the templates while it works."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    with tempfile.TemporaryDirectory(prefix="ccmp-words-") as folder:
        copy_sources(Path(folder))
        locale = Path(folder) / "ccmp" / "locale"
        locale.mkdir(parents=True, exist_ok=True)
        settings.configure(LOCALE_PATHS=[str(locale)], USE_I18N=True)
        django.setup()
        with contextlib.chdir(folder):
            for domain in ("django", "djangojs"):
                call_command(
                    "makemessages", domain=domain, locale=["zh_Hans"], keep_pot=True, add_location="file", verbosity=0
                )
        return one_catalogue(polib.pofile(str(locale / "django.pot")), polib.pofile(str(locale / "djangojs.pot")))


def one_catalogue(words: polib.POFile, of_the_phone: polib.POFile) -> polib.POFile:
    """The phone's modules say many of the same sentences: one catalogue holds both."""
    known = {key_of(entry): entry for entry in words}
    for entry in of_the_phone:
        if key_of(entry) in known:
            known[key_of(entry)].occurrences += entry.occurrences
        else:
            words.append(entry)
    return words


def copy_sources(folder: Path) -> None:
    ignored = shutil.ignore_patterns("css", "locale", "migrations", "__pycache__", "*.pyc")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)


# ── the commands ────────────────────────────────────────────────────────────────────────────────────────────────────


def read_pairs(text: str) -> list[polib.POEntry]:
    given = json.loads(text)
    if isinstance(given, dict):
        given = [{"msgid": msgid, "msgstr": msgstr} for msgid, msgstr in given.items()]
    return [entry_from(item) for item in given]


def entry_from(item: dict) -> polib.POEntry:
    plural = item.get("msgid_plural") or ""
    said = item.get("msgstr") or (item.get("msgstr_plural") or {}).get("0") or ""
    if not item.get("msgid") or not said.strip():
        raise SystemExit(f"No translation for {item.get('msgid')!r}: nothing was added.")
    if (wrong := placeholders(said) - placeholders(item["msgid"] + plural)) or (
        wrong := placeholders(item["msgid"]) & placeholders(plural or item["msgid"]) - placeholders(said)
    ):
        raise SystemExit(f"{item['msgid']!r}: the placeholders {sorted(wrong)} differ in {said!r}. Nothing was added.")
    entry = polib.POEntry(msgid=item["msgid"], msgctxt=item.get("msgctxt") or None, msgid_plural=plural)
    if plural:
        entry.msgstr_plural = {0: said}
    else:
        entry.msgstr = said
    if "%" in item["msgid"] and placeholders(item["msgid"]):
        entry.flags = ["python-format"]
    return entry


def add(*, replace: bool) -> int:
    pairs = read_pairs(sys.stdin.read())
    with locked():
        catalogue = read()
        known = {key_of(entry): entry for entry in catalogue}
        kept, added = [], 0
        for pair in pairs:
            old = known.get(key_of(pair))
            if old is None:
                catalogue.append(pair)
                known[key_of(pair)] = pair
                added += 1
            elif translation_of(old) != translation_of(pair):
                if translation_of(old) and not replace:
                    kept.append(f"  {pair.msgid!r} stays {translation_of(old)!r}, not {translation_of(pair)!r}")
                    continue
                old.msgstr, old.msgstr_plural = pair.msgstr, pair.msgstr_plural
                added += 1
        write(catalogue)
    print(f"{added} added or changed, {len(catalogue)} in all.")
    if kept:
        print("Already translated otherwise (add --replace changes them):", *kept, sep="\n")
    return 1 if kept else 0


def missing() -> int:
    known = {key_of(entry) for entry in read() if translation_of(entry)}
    wanted = []
    for entry in words_in_source():
        if key_of(entry) not in known:
            item = {"msgid": entry.msgid, "msgctxt": entry.msgctxt, "msgid_plural": entry.msgid_plural, "msgstr": ""}
            item["where"] = ", ".join(path for path, _ in entry.occurrences)
            wanted.append({name: value for name, value in item.items() if value or name == "msgstr"})
    print(json.dumps(wanted, ensure_ascii=False, indent=1))
    return 0


def faults() -> list[str]:
    source = {key_of(entry): entry for entry in words_in_source()}
    catalogue = {key_of(entry): entry for entry in read()}
    found = [f"missing: {key[0]!r} ({source[key].occurrences[0][0]})" for key in source.keys() - catalogue.keys()]
    found += [f"no longer used: {key[0]!r}" for key in catalogue.keys() - source.keys()]
    found += [f"the source speaks Chinese: {key[0]!r}" for key in source if CHINESE.search(key[0])]
    for key, entry in catalogue.items():
        said = translation_of(entry)
        if not said.strip():
            found.append(f"not translated: {key[0]!r}")
        elif entry.fuzzy:
            found.append(f"fuzzy: {key[0]!r}")
        elif placeholders(said) - placeholders(key[0] + key[2]):
            found.append(f"other placeholders: {key[0]!r} → {said!r}")
    found += [f"obsolete: {entry.msgid!r}" for entry in polib.pofile(str(CATALOGUE)).obsolete_entries()]
    return sorted(found)


def check() -> int:
    found = faults()
    print(*found, sep="\n")
    print(f"{len(found)} faults in the words." if found else "Every word is translated.")
    return 1 if found else 0


def sync() -> int:
    source = {key_of(entry): entry for entry in words_in_source()}
    with locked():
        catalogue = read()
        for entry in list(catalogue):
            if (used := source.get(key_of(entry))) is None:
                catalogue.remove(entry)
            else:
                entry.occurrences = sorted({(path, "") for path, _ in used.occurrences})
                entry.flags = [flag for flag in used.flags if flag != "fuzzy"]
        write(catalogue)
    print(f"{len(catalogue)} words.")
    return 0


def compile_words() -> int:
    with locked():
        compile_catalogue(read())
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["add", "missing", "check", "sync", "compile"])
    parser.add_argument("--replace", action="store_true", help="let add change a translation")
    given = parser.parse_args()
    if given.command == "add":
        return add(replace=given.replace)
    return {"missing": missing, "check": check, "sync": sync, "compile": compile_words}[given.command]()


if __name__ == "__main__":
    raise SystemExit(main())
