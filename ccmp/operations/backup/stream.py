"""A file in sealed frames, written and read without ever holding it whole.

    "CCMP backup 1\\n" | length | header (JSON: key's number, salt, moment) | frame | frame | … | last frame
    frame: kind (1 byte) | length (4 bytes) | AES-256-GCM of the piece

The key of a file comes from the backup key and the file's own salt, so a frame's number can be its nonce. What is not in the
piece is authenticated beside it: the header, the frame's number and its kind. A frame that was altered, left out, doubled or put
elsewhere does not open; a file that ends without its last frame was cut off, and one that goes on after it was added to.
"""

import base64
import hashlib
import json
import os
import struct
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ccmp.operations.backup.failure import BackupFailed

MAGIC = b"CCMP backup 1\n"
PIECE_BYTES = 1024 * 1024
TAG_BYTES = 16
LARGEST_HEADER = 4096
_FRAME = struct.Struct(">cI")
_LENGTH = struct.Struct(">I")


class Kind(Enum):
    DATABASE = b"D"
    FILES = b"F"
    LAST = b"L"  # what all of it must add up to, as JSON


Keys = dict[int, bytes]


class SealedWriter:
    def __init__(self, to: IO[bytes], *, keys: Keys, made_at: datetime) -> None:
        number = max(keys)
        salt = os.urandom(32)
        header = {"key": number, "salt": base64.b64encode(salt).decode(), "made_at": made_at.isoformat()}
        written = json.dumps(header).encode()
        self.to = to
        self.box = AESGCM(_key_of(keys[number], salt))
        self.beside = hashlib.sha256(MAGIC + written).digest()
        self.number = 0
        to.write(MAGIC + _LENGTH.pack(len(written)) + written)

    def write(self, kind: Kind, content: bytes) -> None:
        for start in range(0, len(content), PIECE_BYTES):
            self._frame(kind, content[start : start + PIECE_BYTES])

    def end(self, told: dict[str, Any]) -> None:
        self._frame(Kind.LAST, json.dumps(told, ensure_ascii=False).encode())

    def _frame(self, kind: Kind, piece: bytes) -> None:
        sealed = self.box.encrypt(_nonce(self.number), piece, _beside(self.beside, self.number, kind))
        self.to.write(_FRAME.pack(kind.value, len(sealed)) + sealed)
        self.number += 1


def read_frames(source: IO[bytes], *, keys: Keys) -> Iterator[tuple[Kind, bytes]]:
    """Each piece in order; the last one is of the kind LAST, and there always is one. Raises BackupFailed."""
    header, written = _read_header(source)
    if header["key"] not in keys:
        raise BackupFailed(f"It was sealed under key number {header['key']}, which BACKUP_KEYS lacks. Add that key.")
    box = AESGCM(_key_of(keys[header["key"]], base64.b64decode(header["salt"])))
    beside = hashlib.sha256(MAGIC + written).digest()
    number, kind = 0, Kind.DATABASE
    while kind is not Kind.LAST:
        kind, sealed = _read_frame(source, number)
        try:
            piece = box.decrypt(_nonce(number), sealed, _beside(beside, number, kind))
        except InvalidTag:
            raise BackupFailed(
                f"Piece {number} was altered, is not where it belongs, or was sealed under another key. Take another backup."
            ) from None
        yield kind, piece
        number += 1
    if source.read(1):
        raise BackupFailed("Something was added behind its end. Take another backup.")


def told_by(source: IO[bytes], *, keys: Keys) -> dict[str, Any]:
    """Read all of it, and return what its last frame says. Raises BackupFailed for a file that is not whole."""
    last = b""
    for _kind, piece in read_frames(source, keys=keys):
        last = piece
    told: dict[str, Any] = json.loads(last)
    return told


def _read_header(source: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    if source.read(len(MAGIC)) != MAGIC:
        raise BackupFailed("This is not a backup of this programme.")
    [length] = _LENGTH.unpack(_exactly(source, _LENGTH.size, "its header"))
    if length > LARGEST_HEADER:
        raise BackupFailed("Its header is not one that this programme writes.")
    written = _exactly(source, length, "its header")
    try:
        header: dict[str, Any] = json.loads(written)
        base64.b64decode(header["salt"], validate=True)
        int(header["key"])
    except (ValueError, KeyError, TypeError):
        raise BackupFailed("Its header cannot be read. Take another backup.") from None
    return header, written


def _read_frame(source: IO[bytes], number: int) -> tuple[Kind, bytes]:
    name, length = _FRAME.unpack(_exactly(source, _FRAME.size, f"piece {number}"))
    try:
        kind = Kind(name)
    except ValueError:
        raise BackupFailed(f"Piece {number} is of no kind that this programme writes. Take another backup.") from None
    if not TAG_BYTES <= length <= PIECE_BYTES + TAG_BYTES:
        raise BackupFailed(f"Piece {number} says that it has {length} bytes, which is impossible. Take another backup.")
    return kind, _exactly(source, length, f"piece {number}")


def _exactly(source: IO[bytes], length: int, what: str) -> bytes:
    read = source.read(length)
    if len(read) != length:
        raise BackupFailed(f"It was cut off within {what}. Take another backup.")
    return read


def _key_of(key: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"ccmp backup, frames").derive(key)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _beside(header: bytes, number: int, kind: Kind) -> bytes:
    return header + number.to_bytes(8, "big") + kind.value
