"""How gunicorn serves the pages: `gunicorn --config python:ccmp.gunicorn_conf ccmp.wsgi`."""

import os

bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "ccmp.web.patient_worker.PatientWorker"  # threads that wait for no client
sendfile = False  # files go out of memory too: none of ours is larger than a paper
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # one import for all workers
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 – a heartbeat file, not data  # nosec B108
accesslog = "-"
logger_class = "ccmp.web.access_log.LinesWithoutWords"
# Without query strings: what somebody searched for is a child's name as often as not.
access_log_format = "%({x-request-id}o)s %(m)s %(U)s %(s)s %(b)s %(M)sms"
