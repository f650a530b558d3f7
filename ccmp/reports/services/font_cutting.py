"""Whether this machine cuts fonts quickly. Apart from `pdf`, whose WeasyPrint takes a second to import."""

import ctypes.util
import logging

log = logging.getLogger(__name__)


def say_how_fonts_are_cut() -> None:
    """Without libharfbuzz-subset a paper takes some twenty times as long: say so where the worker's start is read."""
    if ctypes.util.find_library("harfbuzz-subset"):
        log.info("libharfbuzz-subset is here: fonts are cut quickly.")
        return
    log.warning(
        "libharfbuzz-subset is missing: each PDF takes seconds longer. On Debian: apt-get install libharfbuzz-subset0"
    )
