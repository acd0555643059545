"""Quantities: numbers that measure something, found in plain text with exact spans."""

from extract.quantities.finder import find_numbers, find_quantities

__all__ = ["find_numbers", "find_quantities"]
