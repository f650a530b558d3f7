from django.urls import path

from referrals.api.referrals import CloseReferral, OneReferral, Referrals, ReferralTasks
from referrals.api.tasks import (
    AcceptTask,
    CompleteTask,
    ConfirmTask,
    OneTask,
    ReturnTask,
    SendTaskAgain,
    Tasks,
    WithdrawTask,
)

routes = [
    path("referrals/", Referrals.as_view(), name="referrals"),
    path("referrals/<uuid:referral_id>/", OneReferral.as_view(), name="referral"),
    path("referrals/<uuid:referral_id>/tasks/", ReferralTasks.as_view(), name="referral-tasks"),
    path("referrals/<uuid:referral_id>/close/", CloseReferral.as_view(), name="referral-close"),
    path("tasks/", Tasks.as_view(), name="tasks"),
    path("tasks/<uuid:task_id>/", OneTask.as_view(), name="task"),
    path("tasks/<uuid:task_id>/accept/", AcceptTask.as_view(), name="task-accept"),
    path("tasks/<uuid:task_id>/return/", ReturnTask.as_view(), name="task-return"),
    path("tasks/<uuid:task_id>/complete/", CompleteTask.as_view(), name="task-complete"),
    path("tasks/<uuid:task_id>/confirm/", ConfirmTask.as_view(), name="task-confirm"),
    path("tasks/<uuid:task_id>/send-again/", SendTaskAgain.as_view(), name="task-send-again"),
    path("tasks/<uuid:task_id>/withdraw/", WithdrawTask.as_view(), name="task-withdraw"),
]
