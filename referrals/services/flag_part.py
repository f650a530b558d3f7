"""What the departments do about a flag, told on the flag's own page (settings.PARTS_OF_A_FLAG)."""

from ccmp.people.models import User
from referrals.models import Referral
from referrals.services.mine import lines_of
from visits.models import Flag
from visits.services.flag_parts import FlagPart


def tasks_of_flag(flag: Flag, user: User) -> FlagPart | None:
    """The departments' tasks and their last words, once the flag was referred. Three queries."""
    rows = lines_of(list(Referral.objects.visible_to(user).filter(flag=flag).select_related("child")), user)
    return FlagPart("referrals/flag_part.html", {"row": rows[0]}) if rows else None
