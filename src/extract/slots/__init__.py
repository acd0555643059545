"""Claims onto indicator slots: of the catalogue, and of the document's own tables."""

from extract.slots.linker import link_slots
from extract.slots.rows import with_row_slots

__all__ = ["link_slots", "with_row_slots"]
