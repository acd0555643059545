"""Paths to documents: what a file holds, told by its content, and the text that every span counts in."""

from extract.documents.reading import read_document
from extract.documents.walking import Found, find_documents, read_found

__all__ = ["Found", "find_documents", "read_document", "read_found"]
