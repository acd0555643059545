"""Targets beside the actuals that answer them."""

from extract.pairs.pairing import pair_claims

__all__ = ["pair_claims"]
