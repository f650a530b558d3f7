from ccmp.phone.models.entry import OutboxEntry

__all__ = ["OutboxEntry"]
