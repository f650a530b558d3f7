"""Whether the terminal that we were started from is still there.

A closed terminal signals only the leader of its session. That is a shell, which tells its jobs, or it is `make` itself
(`ssh host -t make run`), which waits for us without a word: so we look ourselves.
"""

import os
import select

GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL


class Terminal:
    def __init__(self) -> None:
        self.poll = select.poll()
        for number in (0, 1, 2):
            if is_terminal(number):
                self.poll.register(number, 0)

    def is_gone(self) -> bool:
        return any(event & GONE for _, event in self.poll.poll(0))


def is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:
        return False
