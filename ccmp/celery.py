"""The work that may take a while: started by pages and by the calendar, done by the workers."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ccmp.settings")

app = Celery("ccmp", task_cls="ccmp.operations.carried:CarriedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
