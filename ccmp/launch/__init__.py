"""`make run`: the whole system on one machine, from an empty folder to an address in a browser.

    python -m ccmp.launch

Own servers (unless DATABASE_URL and REDIS_URL name others), migrations, the demo county, then web, worker and beat
under one supervisor. Nothing that it started outlives it.
"""
