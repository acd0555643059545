"""How the digits of two printed figures differ: in one of them, in two that changed places, in more."""

from __future__ import annotations

from functools import lru_cache

_MOST_KEPT = 4096  #: printed numbers whose digits are kept: each is compared with many others


@lru_cache(maxsize=_MOST_KEPT)
def digits_of(surface: str) -> str:
    """The digits of a printed number, without its point, its commas and what stands around it."""
    return "".join(sign for sign in surface if sign.isdigit())


@lru_cache(maxsize=_MOST_KEPT)
def numeral_of(surface: str) -> str:
    """The digits of a printed number and the point between them."""
    return "".join(sign for sign in surface if sign.isdigit() or sign == ".").strip(".")


def places_apart(one: str, other: str) -> tuple[int, ...] | None:
    """The places at which two rows of digits differ; None where one is longer."""
    if len(one) != len(other):
        return None
    return tuple([place for place, sign in enumerate(one) if sign != other[place]])


def is_one_apart(one: str, other: str) -> bool:
    """Whether exactly one digit differs."""
    apart = places_apart(one, other)
    return apart is not None and len(apart) == 1


def are_swapped(one: str, other: str) -> bool:
    """Whether two digits, and nothing else, changed places."""
    apart = places_apart(one, other)
    if apart is None or len(apart) != 2:
        return False
    first, last = apart
    return one[first] == other[last] and one[last] == other[first]
