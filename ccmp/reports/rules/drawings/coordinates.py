def at(value: float) -> str:
    """A coordinate, as a text: a template must not put it in a reader's own notation."""
    return f"{value:.1f}"
