"""True, False, or None for what the file does not tell: nothing is concluded from a blank."""

Known = bool | None


def all_of(*said: Known) -> Known:
    """False as soon as one is false; else not known as soon as one is not."""
    if any(one is False for one in said):
        return False
    return None if any(one is None for one in said) else True


def any_of(*said: Known) -> Known:
    """True as soon as one is true; else not known as soon as one is not."""
    if any(said):
        return True
    return None if any(one is None for one in said) else False


def not_so(said: Known) -> Known:
    return None if said is None else not said
