"""The reviewer's margin notes: which figures do not follow, and which were checked and are right."""

from extract.audit.auditing import audit_document

__all__ = ["audit_document"]
