"""A department's officer reaches no register: what a task discloses is read for her, beyond her own reach."""

from contextlib import AbstractContextManager, nullcontext

from ccmp.people.models import User
from ccmp.people.reach import reach_of
from ccmp.walls.asking import whole_reach


def disclosing(user: User) -> AbstractContextManager[None]:
    """Stands around reading a task that was granted to her department, and around nothing else."""
    if reach_of(user, "referrals.answer_task"):
        return whole_reach("a task tells its department what it discloses of the child")
    return nullcontext()
