"""Measures the program against what the same machine does at the same moment; called by ``scripts/bench``.

Only the standard library is imported here: the readers of others run these modules in environments of their own.
"""
