class BackupFailed(Exception):
    """A backup cannot be made, read or restored. The sentence says why, and what to do."""
