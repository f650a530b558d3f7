"""What a server of our own says when it cannot run."""


class ServerFailed(Exception):
    """One of our own servers does not start. The sentence says what to do and shows the end of its log."""
