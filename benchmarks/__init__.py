"""What is measured is how much a request costs, not how many may come in a minute."""

import os

os.environ.setdefault("RATE_LIMITS_TIMES", "1000")
