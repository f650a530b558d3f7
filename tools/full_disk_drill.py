#!/usr/bin/env python
"""A drill of what docs/operations.md says: the disk is full in earnest, under PostgreSQL, its log and all that the program writes.

    tools/full_disk_drill.py [--megabytes 400]

The disk is a piece of memory of that size, in a mount namespace of its own: nobody else sees it, and it goes with the drill. As
root, since it is mounted. A phone writes all the while; tests/operations/full_disk.py says what must hold.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOUNT_AND_RUN = 'mount -t tmpfs -o size="$1"m,mode=755 none "$2" && shift 2 && exec "$@"'


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=400)
    told = parser.parse_args()
    if os.geteuid() != 0:
        return _refuse("The drill mounts a disk of its own: run it as root.")
    with tempfile.TemporaryDirectory(prefix="ccmp-disk-") as folder:
        Path(folder).chmod(0o755)
        test = [sys.executable, "-m", "pytest", "-q", "-s", "-n", "0", "tests/operations/full_disk.py"]
        alone = ["unshare", "--mount", "--propagation", "private", "sh", "-ec", MOUNT_AND_RUN, "sh"]
        command = [*alone, str(told.megabytes), folder, *test]
        return subprocess.run(command, cwd=ROOT, env={**os.environ, "FULL_DISK": folder}, check=False).returncode


def _refuse(why: str) -> int:
    sys.stderr.write(f"{why}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
