"""gunicorn's lines: named in `ccmp.gunicorn_conf`."""

import sys
from typing import Any

from gunicorn.glogging import Logger

from ccmp.web.log_lines import kind_of, shown_path


class LinesWithoutWords(Logger):
    """A path that somebody typed may hold a name; what an exception says, too."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": shown_path(str(atoms["U"]))}

    def exception(self, msg: str, *args: Any, **kwargs: Any) -> None:
        error = sys.exc_info()[1]
        self.error_log.error("A request broke off: %s", kind_of(error) if error else "unknown")
