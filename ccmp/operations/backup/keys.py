"""BACKUP_KEYS: `1:<base64 of 32 bytes>`, more after commas; the highest number seals, each of them opens."""

import base64

from ccmp.operations.backup.failure import BackupFailed
from ccmp.operations.backup.stream import Keys

HOW = "Set it to 1:<base64 of 32 random bytes>, and keep a copy where the backups are not."


def read_keys(configured: str) -> Keys:
    if not configured:
        raise BackupFailed(f"BACKUP_KEYS is not set. {HOW}")
    try:
        pairs = (one.strip().split(":", 1) for one in configured.split(","))
        keys = {int(number): base64.b64decode(key, validate=True) for number, key in pairs}
    except ValueError:
        raise BackupFailed(f"BACKUP_KEYS cannot be read. {HOW}") from None
    if any(len(key) != 32 for key in keys.values()):
        raise BackupFailed(f"A key of BACKUP_KEYS has not 32 bytes. {HOW}")
    return keys
