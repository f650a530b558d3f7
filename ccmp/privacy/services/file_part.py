"""What a child's file tells of its own protection: holds, requests, and the doors to them."""

from datetime import datetime

from ccmp.moments import day_of
from ccmp.people.enums import VILLAGE_ROLES
from ccmp.people.models import User
from ccmp.people.reach import may
from ccmp.privacy.models import GuardianRequest, LegalHold, Unmasking
from children.models import Child
from children.services.beside import FilePart

NOTHING = "children/nothing.html"


def privacy_part(child: Child, user: User, *, at: datetime) -> FilePart:
    """Three queries at the desk, none on the phone."""
    if user.role_now in VILLAGE_ROLES:
        return FilePart(NOTHING, NOTHING, "privacy/numbers_door.html")
    place = child.village_code
    values = {
        "may_unmask": may(user, "privacy.add_unmasking", at_place=place),
        "may_hold": may(user, "privacy.add_legalhold", at_place=place),
        "may_ask": may(user, "privacy.add_guardianrequest", at_place=place),
        "holds": LegalHold.objects.visible_to(user).holding(on=day_of(at)).filter(child=child).count(),
        "requests": GuardianRequest.objects.visible_to(user).waiting().filter(child=child).count(),
        "shown": Unmasking.objects.visible_to(user).filter(child=child).count(),
    }
    return FilePart(NOTHING, NOTHING, "privacy/file_section.html", values)
