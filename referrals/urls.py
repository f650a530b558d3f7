from django.urls import path

from referrals.views import county, department, mine

app_name = "referrals"

urlpatterns = [
    path("referrals/", county.referrals, name="list"),
    path("referrals/mine/", mine.mine, name="mine"),
    path("referrals/<uuid:referral_id>/", county.referral, name="referral"),
    path("referrals/<uuid:referral_id>/send/", county.send, name="send-task"),
    path("referrals/<uuid:referral_id>/close/", county.close, name="close"),
    path("flags/<uuid:flag_id>/refer/", county.open_one, name="open"),
    path("tasks/", department.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/", department.task, name="task"),
    path("tasks/<uuid:task_id>/accept/", department.accept, name="accept"),
    path("tasks/<uuid:task_id>/return/", department.give_back, name="return"),
    path("tasks/<uuid:task_id>/complete/", department.complete, name="complete"),
    path("tasks/<uuid:task_id>/confirm/", mine.confirm, name="confirm"),
    path("tasks/<uuid:task_id>/again/", county.again, name="send-again"),
    path("tasks/<uuid:task_id>/withdraw/", county.withdraw, name="withdraw"),
]
