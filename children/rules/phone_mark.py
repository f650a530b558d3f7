"""A telephone number as it is found again: by its digits alone, however they were grouped."""

import unicodedata

from ccmp.sealed import blind_index

CHINA = "86"
MOBILE = 11  # digits


def phone_digits(phone: str) -> str:
    """The digits of a number, without the country's own prefix."""
    digits = "".join(one for one in unicodedata.normalize("NFKC", phone) if one in "0123456789").removeprefix("00")
    return digits[len(CHINA) :] if digits.startswith(CHINA) and len(digits) == len(CHINA) + MOBILE else digits


def phone_mark(phone: str) -> str:
    """A blind index (64 hex digits) of a number's digits; of none, nothing."""
    digits = phone_digits(phone)
    return blind_index(f"phone:{digits}") if digits else ""
