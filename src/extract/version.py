"""The version of the package, for every part that prints it."""

__version__ = "0.1.0"
