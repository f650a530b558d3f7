"""How gunicorn serves the pages: `gunicorn --config python:ccmp.gunicorn_conf ccmp.wsgi`."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from ccmp.web.log_lines import lines_without_words

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "ccmp.web.patient_worker.PatientWorker"  # threads that wait for no client
sendfile = False  # files go out of memory too: none of ours is larger than a paper
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # one import for all workers
timeout = 60
graceful_timeout = 20  # told to end, it takes no new request and gives those that run so many seconds
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 – a heartbeat file, not data  # nosec B108
accesslog = "-"
logger_class = "ccmp.web.access_log.LinesWithoutWords"
# Without query strings: what somebody searched for is a child's name as often as not.
access_log_format = "%({x-request-id}o)s %(m)s %(U)s %(s)s %(b)s %(M)sms"
if os.environ.get("LOG_JSON", "").lower() in ("1", "true", "yes", "on"):
    logconfig_dict: dict[str, Any] = lines_without_words(level=os.environ.get("LOG_LEVEL", "INFO"), as_json=True)
    logconfig_dict["loggers"] |= {
        name: {"level": "INFO", "propagate": True, "handlers": []} for name in ("gunicorn.error", "gunicorn.access")
    }

# The workers' figures lie in memory and are added up by whichever of them is asked. Not on the disk: that one may be full.
_figures = tempfile.mkdtemp(prefix="ccmp-figures-", dir=worker_tmp_dir)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = _figures


def child_exit(server: Any, worker: Any) -> None:
    """What an ended worker had counted stays counted."""
    from prometheus_client.multiprocess import mark_process_dead  # not before the folder above is named

    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    shutil.rmtree(Path(_figures), ignore_errors=True)
