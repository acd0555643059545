"""Quantities into claims: what each is about, and whether it was promised or delivered."""

from extract.claims.assembly import find_claims

__all__ = ["find_claims"]
