"""One encrypted file with everything: the database as pg_dump tells it, the reports' files, and what both must add up to."""

from ccmp.operations.backup.failure import BackupFailed
from ccmp.operations.backup.kept import kept_backups, last_backup_at
from ccmp.operations.backup.restoring import restore
from ccmp.operations.backup.taking import back_up
from ccmp.operations.backup.verifying import verify

__all__ = ["BackupFailed", "back_up", "kept_backups", "last_backup_at", "restore", "verify"]
