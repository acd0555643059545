"""The annotation format of the house: inline markup, its checker, and the gold shape."""
