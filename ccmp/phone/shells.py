"""The phone's own pages, as the worker writes them: see ccmp.web.shells."""

from ccmp.web.shells.shell import Shell

SHELLS = (
    Shell("phone:open", "phone/open.html"),
    Shell("phone:outbox", "phone/outbox.html"),
)
