"""The page that the worker shows in the place of one that only the server has."""

from ccmp.web.shells.shell import Shell

SHELLS = (Shell("phone:no-network", "phone/no_network.html"),)
