"""A task carries the number of the request that sent it, so that one number leads through web and worker; and it is counted."""

import time
from typing import Any

from celery import Task

from ccmp.operations.signs_of_life import Went, count_task
from ccmp.walls.doing import Doing, let_tell, tell_no_more
from ccmp.web.middleware import request_id

NONE = "-"


class CarriedTask(Task):
    abstract = True

    def apply_async(self, args: Any = None, kwargs: Any = None, **options: Any) -> Any:  # type: ignore[override]
        headers = {"ccmp_request": request_id.get(), **(options.pop("headers", None) or {})}
        return super().apply_async(args, kwargs, headers=headers, **options)

    def before_start(self, task_id: str, args: Any, kwargs: Any) -> None:
        """A number that beat or nobody gave is the task's own."""
        sent_by = getattr(self.request, "ccmp_request", None) or NONE
        request_id.set(task_id if sent_by == NONE else sent_by)
        done = Doing(what=f"task {self.name}", request=request_id.get())
        self.request.update(began=time.monotonic(), telling=let_tell(lambda: done))

    def after_return(self, status: str, retval: Any, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        if telling := getattr(self.request, "telling", None):
            tell_no_more(telling)

    def on_success(self, retval: Any, task_id: str, args: Any, kwargs: Any) -> None:
        self._count(Went.DONE)

    def on_failure(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        self._count(Went.FAILED)

    def on_retry(self, exc: Exception, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        self._count(Went.AGAIN)

    def _count(self, went: Went) -> None:
        began = getattr(self.request, "began", None)
        count_task(str(self.name), went, milliseconds=int((time.monotonic() - began) * 1000) if began else 0)
