from ccmp.phone.models.entry import OutboxEntry
from ccmp.phone.models.phone import Phone, PhoneState

__all__ = ["OutboxEntry", "Phone", "PhoneState"]
