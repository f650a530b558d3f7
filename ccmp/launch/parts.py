"""The parts of the running system. docker-compose.yml starts the same three commands."""

import http.client
import signal
import sys
from collections.abc import Callable

from ccmp.launch.part import Part
from ccmp.launch.places import Copy

PYTHON = (sys.executable, "-m")
WEB = (*PYTHON, "gunicorn", "--config", "python:ccmp.gunicorn_conf", "ccmp.wsgi")
WORKER = (*PYTHON, "celery", "-A", "ccmp", "worker", "--concurrency", "2", "--loglevel", "INFO")
QUICKLY = ("--without-mingle", "--without-gossip")  # there is no other worker to ask
BEAT = (*PYTHON, "celery", "-A", "ccmp", "beat", "--loglevel", "INFO", "--pidfile=")


def web(copy: Copy) -> Part:
    def answers(_: Part) -> bool:
        line = http.client.HTTPConnection(copy.host, copy.port, timeout=5)
        try:
            line.request("GET", "/health/ready")
            return line.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            line.close()

    return Part("web", WEB, copy.log("web"), copy.environment(), answers)


def worker(copy: Copy) -> Part:
    command = (*WORKER, *QUICKLY)
    return Part("worker", command, copy.log("worker"), copy.environment(), has_logged(" ready."), signal.SIGQUIT)


def beat(copy: Copy) -> Part:
    return Part("beat", BEAT, copy.log("beat"), copy.environment(), has_logged("beat: Starting"))


def has_logged(words: str) -> Callable[[Part], bool]:
    def looks(part: Part) -> bool:
        return words in part.new_log()

    return looks
