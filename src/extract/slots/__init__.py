"""Claims onto indicator slots: which slot of the catalogue each figure belongs to."""

from extract.slots.linker import link_slots

__all__ = ["link_slots"]
