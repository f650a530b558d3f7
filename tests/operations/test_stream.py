"""A sealed file that is altered in any way does not open."""

import io
from datetime import UTC, datetime

import pytest

from ccmp.operations.backup.failure import BackupFailed
from ccmp.operations.backup.keys import read_keys
from ccmp.operations.backup.stream import PIECE_BYTES, Kind, SealedWriter, read_frames, told_by

AT = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
KEYS = {1: b"1" * 32, 2: b"2" * 32}
NAME = "陈雨欣".encode()


def sealed() -> tuple[bytes, list[int]]:
    """A small file, and where each of its frames begins."""
    file, begins = io.BytesIO(), []
    writer = SealedWriter(file, keys=KEYS, made_at=AT)
    for kind, piece in ((Kind.DATABASE, NAME), (Kind.DATABASE, b"two"), (Kind.FILES, b"three")):
        begins.append(file.tell())
        writer.write(kind, piece)
    begins.append(file.tell())
    writer.end({"files": 1})
    return file.getvalue(), [*begins, file.tell()]


def opened(content: bytes, keys: dict[int, bytes] | None = None) -> list[tuple[Kind, bytes]]:
    return list(read_frames(io.BytesIO(content), keys=keys or KEYS))


def test_what_goes_in_comes_out_and_cannot_be_read_meanwhile():
    content, _ = sealed()

    assert opened(content)[:3] == [(Kind.DATABASE, NAME), (Kind.DATABASE, b"two"), (Kind.FILES, b"three")]
    assert told_by(io.BytesIO(content), keys=KEYS) == {"files": 1}
    assert NAME not in content
    assert b'"key": 2' in content


def test_a_large_piece_is_cut_into_frames():
    file = io.BytesIO()
    writer = SealedWriter(file, keys=KEYS, made_at=AT)
    writer.write(Kind.DATABASE, b"x" * (2 * PIECE_BYTES + 1))
    writer.end({})

    assert [len(piece) for _kind, piece in opened(file.getvalue())[:-1]] == [PIECE_BYTES, PIECE_BYTES, 1]


def test_a_byte_that_was_altered_is_seen_wherever_it_stands():
    content, _ = sealed()

    for at in range(len(content)):
        altered = bytearray(content)
        altered[at] ^= 1
        with pytest.raises(BackupFailed):
            opened(bytes(altered))


def test_a_file_that_was_cut_off_is_seen_wherever_it_ends():
    content, _ = sealed()

    for length in range(len(content)):
        with pytest.raises(BackupFailed):
            opened(content[:length])


def test_frames_in_another_order_left_out_doubled_or_added_are_seen():
    content, at = sealed()
    head, *frames = [content[a:b] for a, b in zip([0, *at], at, strict=False)]
    first, second, third, last = frames

    for others in (
        [second, first, third, last],
        [first, third, last],
        [first, first, second, third, last],
        [first, second, third],
        [first, second, third, last, last],
        [last],
    ):
        with pytest.raises(BackupFailed):
            opened(head + b"".join(others))


def test_a_frame_of_another_file_under_the_same_key_is_seen():
    content, at = sealed()
    other, _ = sealed()

    with pytest.raises(BackupFailed, match="altered"):
        opened(content[: at[1]] + other[at[1] : at[2]] + content[at[2] :])


def test_an_older_key_still_opens_and_a_lacking_one_is_named():
    content, _ = sealed()

    assert opened(content, KEYS | {3: b"3" * 32})[0] == (Kind.DATABASE, NAME)
    with pytest.raises(BackupFailed, match="key number 2"):
        opened(content, {1: KEYS[1]})
    with pytest.raises(BackupFailed, match="another key"):
        opened(content, {2: b"9" * 32})


@pytest.mark.parametrize("written", ["", "1", "1:kurz", "1:AAAA", "eins:" + "A" * 43 + "="])
def test_a_key_that_is_none_is_refused_with_what_to_do(written):
    with pytest.raises(BackupFailed, match="BACKUP_KEYS"):
        read_keys(written)
