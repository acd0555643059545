"""Plants one fault at a time in reports that are right, and counts which the audit finds.

Called by ``scripts/mutations``.
"""
