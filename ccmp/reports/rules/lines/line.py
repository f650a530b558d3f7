from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """A row of any table: its head and its cells; a quiet second word beside the head."""

    head: str
    cells: tuple[str, ...]
    quiet: str = ""
    is_sum: bool = False
