"""Where a worker leaves word that it is at work."""

WORKER = "operations:worker"
