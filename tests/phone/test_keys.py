"""The key of the store on her phone: what the PIN opens, what wrong ones do, and what is never written down."""

from collections.abc import Callable
from typing import Any

Ask = Callable[..., Any]
DAY = 24 * 60 * 60 * 1000
NOW = 1_773_100_000_000
MARY = "01890000-0000-7000-8000-000000000001"
SET_UP = """async (load, given) => {
  const keys = await load("keys.js");
  const {holder} = await load("holders.js");
  const {seal, unseal} = await load("sealed.js");
  const raw = new Uint8Array(32).fill(7);
  const now = %d;
  const setUp = (pin = "274951") => keys.setUp({user: given, name: "李娟", phone: "p", key: raw.slice(), pin, days: 14, now});
  const said = ({kind, left, wait}) => JSON.parse(JSON.stringify({kind, left, wait}));
  const open = (pin, at = now) => keys.open({user: given, pin, now: at}).then(() => "open", said);
  const bytes = (value) => [...new Uint8Array(value)].join();
  %s
}"""


def with_keys(in_chromium: Ask, body: str) -> Any:
    return in_chromium(SET_UP % (NOW, body), MARY)


def test_the_pin_opens_what_was_sealed_at_set_up(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """const first = await setUp();
        const box = await seal(first, "docs 1", {name: "王小明"});
        const again = await keys.open({user: given, pin: "274951", now});
        return unseal(again, "docs 1", box);""",
    )

    assert found == {"name": "王小明"}


def test_the_key_can_be_read_out_neither_opened_nor_as_it_is_kept(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """const key = await setUp();
        const kept = await holder(given);
        const out = await crypto.subtle.exportKey("raw", key).catch((error) => error.name);
        const device = await crypto.subtle.exportKey("raw", kept.device).catch((error) => error.name);
        const {wrapped} = kept;
        return [key.extractable, out, kept.device.extractable, device, bytes(wrapped.key).includes(bytes(raw)), wrapped.rounds];""",
    )

    assert found == [False, "InvalidAccessError", False, "InvalidAccessError", False, 310_000]


def test_the_server_s_key_is_emptied_once_it_is_wrapped(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """const given_out = raw.slice();
        await keys.setUp({user: given, name: "李娟", phone: "p", key: given_out, pin: "274951", days: 14, now});
        return [...given_out];""",
    )

    assert found == [0] * 32


def test_the_wrapped_key_opens_on_no_other_device(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """await setUp();
        const {changeHolder} = await load("holders.js");
        const device = await crypto.subtle.generateKey({name: "HMAC", hash: "SHA-256"}, false, ["sign"]);
        await changeHolder(given, (one) => ({...one, device}));
        return open("274951");""",
    )

    assert found["kind"] == "wrong"


def test_after_three_wrong_pins_each_next_try_waits_longer(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """await setUp();
        const seen = [];
        let at = now;
        for (let number = 0; number < 6; number += 1) {
          const answer = await open("000000", at);
          seen.push([answer.kind, answer.left, answer.wait]);
          at += answer.wait;
        }
        return seen;""",
    )

    assert found == [
        ["wrong", 9, 0], ["wrong", 8, 0], ["wrong", 7, 0], ["wrong", 6, 30_000], ["wrong", 5, 60_000], ["wrong", 4, 120_000],
    ]  # fmt: skip


def test_the_right_pin_is_not_even_tried_while_she_has_to_wait(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """await setUp();
        for (let number = 0; number < 4; number += 1) await open("000000");
        return [await open("274951", now + 10000), await open("274951", now + 30000)];""",
    )

    assert found == [{"kind": "wait", "wait": 20_000}, "open"]


def test_a_clock_that_was_put_back_keeps_her_waiting_no_longer(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """await setUp();
        for (let number = 0; number < 4; number += 1) await open("000000");
        const dayBefore = now - 86400000;
        return [await open("274951", dayBefore), await open("274951", dayBefore + 30000)];""",
    )

    assert found == [{"kind": "wait", "wait": 30_000}, "open"]


def test_a_killed_tab_gives_no_try_back(in_chromium: Ask) -> None:
    """The try is on the disk before the PIN is tried: whoever kills the app in between has lost it."""
    found = with_keys(
        in_chromium,
        """await setUp();
        const really = crypto.subtle.unwrapKey;
        let noted = null;
        crypto.subtle.unwrapKey = async (...all) => { noted = (await holder(given)).wrong; return really.apply(crypto.subtle, all); };
        await open("000000");
        delete crypto.subtle.unwrapKey;
        return noted;""",
    )

    assert found == 1


def test_ten_wrong_pins_remove_the_key_and_leave_her_on_the_phone(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """await setUp();
        let answer, at = now;
        for (let number = 0; number < 10; number += 1) { answer = await open("000000", at); at += 3600000; }
        const kept = await holder(given);
        return [answer.kind, await open("274951", at), kept.name, kept.wrapped, kept.device, kept.removed, keys.held()];""",
    )

    assert found == ["removed", {"kind": "removed"}, "李娟", None, None, "tries", None]


def test_two_tabs_at_once_do_not_share_a_try(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """await setUp();
        await Promise.all([open("000000"), open("111111"), open("222222")]);
        return (await holder(given)).wrong;""",
    )

    assert found == 3


def test_signing_in_again_brings_the_same_key_back_under_a_new_pin(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """const box = await seal(await setUp(), "docs 1", "王小明");
        let at = now;
        for (let number = 0; number < 10; number += 1) { await open("000000", at); at += 3600000; }
        await setUp("831640");
        return [await open("274951"), await unseal(await keys.open({user: given, pin: "831640", now}), "docs 1", box)];""",
    )

    assert found == [{"kind": "wrong", "left": 9, "wait": 0}, "王小明"]


def test_fourteen_days_without_contact_lock_reading(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        f"""await setUp();
        const onTheLastDay = await open("274951", now + 14 * {DAY});
        const afterIt = await open("274951", now + 14 * {DAY} + 1);
        return [onTheLastDay, afterIt, (await holder(given)).removed];""",
    )

    assert found == ["open", {"kind": "removed"}, "unheard"]


def test_a_contact_begins_the_fourteen_days_anew(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        f"""await setUp();
        await keys.noteContact({{user: given, now: now + 10 * {DAY}}});
        return open("274951", now + 20 * {DAY});""",
    )

    assert found == "open"


def test_putting_the_clock_back_does_not_make_the_fourteen_days_longer(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        f"""await setUp();
        await keys.removeWhenUnheard({{user: given, now: now + 13.9 * {DAY}}});
        const {{changeHolder}} = await load("holders.js");
        await changeHolder(given, (one) => ({{...one, seen_at: one.seen_at + 0.2 * {DAY}}}));
        return open("274951", now + 1 * {DAY});""",
    )

    assert found == {"kind": "removed"}


def test_the_pin_is_changed_only_by_whoever_knows_it(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """const box = await seal(await setUp(), "docs 1", "王小明");
        const refused = await keys.changePin({user: given, pin: "000000", newPin: "831640", now}).catch(({kind}) => kind);
        await keys.changePin({user: given, pin: "274951", newPin: "831640", now});
        const key = await keys.open({user: given, pin: "831640", now});
        return [refused, await open("274951"), key.extractable, await unseal(key, "docs 1", box)];""",
    )

    assert found == ["wrong", {"kind": "wrong", "left": 9, "wait": 0}, False, "王小明"]


def test_a_pin_that_anybody_would_try_first_is_told(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium, 'return ["000000", "123456", "987654", "112233", "274951"].map((pin) => keys.isEasy(pin));'
    )

    assert found == [True, True, True, False, False]


def test_the_key_in_hand_is_gone_when_it_is_locked(in_chromium: Ask) -> None:
    found = with_keys(
        in_chromium,
        """keys.hold({user: given, key: await setUp()});
        const before = keys.held().user;
        keys.lock();
        return [before, keys.held()];""",
    )

    assert found == [MARY, None]
