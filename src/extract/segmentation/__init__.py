"""Documents into what people see in them: sections, sentences, tables and cells."""

from extract.segmentation.segments import segment_document

__all__ = ["segment_document"]
