from referrals.models.referral import Referral, ReferralHasMovedOn, ReferralMove
from referrals.models.task import Task, TaskClock, TaskGroupObjectPermission, TaskHasMovedOn, TaskMove

__all__ = [
    "Referral",
    "ReferralHasMovedOn",
    "ReferralMove",
    "Task",
    "TaskClock",
    "TaskGroupObjectPermission",
    "TaskHasMovedOn",
    "TaskMove",
]
