from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from ccmp.audit.record import record
from ccmp.moments import day_of, now
from ccmp.people.api.caller import caller
from ccmp.web.rest.bodies import Body, NoBody, read_body, read_query
from ccmp.web.rest.endpoints import Endpoint, page_answer, page_of, shown
from referrals.api.bodies import ReturnBody, TasksQuery, WordsBody
from referrals.api.shapes import TaskFileShape, TaskShape
from referrals.models import Task
from referrals.models.task import TaskQuerySet
from referrals.services.disclosing import disclosing
from referrals.services.tasks import (
    accept_task,
    complete_task,
    confirm_task,
    return_task,
    send_again,
    withdraw_task,
)


def _tasks_of(request: Request) -> TaskQuerySet:
    tasks: TaskQuerySet = Task.objects.visible_to(caller(request)).select_related("department")
    return tasks.prefetch_related("clocks")


def _task(request: Request, task_id: UUID) -> Task:
    """A task of one's place or department, with what it shows. Anybody else's is a 404."""
    with_child = _tasks_of(request).select_related("referral__child__household", "referral__child__village")
    with disclosing(caller(request)):
        task: Task = get_object_or_404(with_child.prefetch_related("moves"), pk=task_id)
    return task


def _shown(request: Request, task: Task) -> Response:
    with disclosing(caller(request)):
        return shown(TaskFileShape, task, reader=caller(request), on=day_of(now()))


class Tasks(Endpoint):
    @extend_schema(operation_id="tasks_list", parameters=[TasksQuery], responses=page_of(TaskShape))
    def get(self, request: Request) -> Response:
        """Tasks of one's department, village or county, the newest first."""
        query = read_query(TasksQuery, request)
        tasks = _tasks_of(request)
        if "state" in query:
            tasks = tasks.filter(state=query["state"])
        with disclosing(caller(request)):
            return page_answer(tasks.newest_first(), request, TaskShape, query=query, reader=caller(request))


class OneTask(Endpoint):
    @extend_schema(operation_id="tasks_read", responses=TaskFileShape)
    def get(self, request: Request, task_id: UUID) -> Response:
        """A task with what it discloses. That it was read is recorded."""
        task = _task(request, task_id)
        record(by=caller(request), at=now(), did="read", on=task)
        return _shown(request, task)


class TaskMoveEndpoint(Endpoint):
    """One move of a task: `takes` is what is sent, `move` the service."""

    takes: ClassVar[type[Body]] = WordsBody
    move: ClassVar[Callable[..., Task]]

    def post(self, request: Request, task_id: UUID) -> Response:
        words = read_body(self.takes, request)
        _task(request, task_id)
        type(self).move(task_id=task_id, by=caller(request), at=now(), **words)
        return _shown(request, _task(request, task_id))


@extend_schema_view(post=extend_schema(operation_id="tasks_accept", request=NoBody, responses=TaskFileShape))
class AcceptTask(TaskMoveEndpoint):
    takes = NoBody
    move = staticmethod(accept_task)


@extend_schema_view(post=extend_schema(operation_id="tasks_return", request=ReturnBody, responses=TaskFileShape))
class ReturnTask(TaskMoveEndpoint):
    takes = ReturnBody
    move = staticmethod(return_task)


@extend_schema_view(post=extend_schema(operation_id="tasks_complete", request=WordsBody, responses=TaskFileShape))
class CompleteTask(TaskMoveEndpoint):
    move = staticmethod(complete_task)


@extend_schema_view(post=extend_schema(operation_id="tasks_confirm", request=WordsBody, responses=TaskFileShape))
class ConfirmTask(TaskMoveEndpoint):
    move = staticmethod(confirm_task)


@extend_schema_view(post=extend_schema(operation_id="tasks_send_again", request=WordsBody, responses=TaskFileShape))
class SendTaskAgain(TaskMoveEndpoint):
    move = staticmethod(send_again)


@extend_schema_view(post=extend_schema(operation_id="tasks_withdraw", request=WordsBody, responses=TaskFileShape))
class WithdrawTask(TaskMoveEndpoint):
    move = staticmethod(withdraw_task)
