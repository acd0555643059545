"""What can go wrong, said so that a person can mend it."""


class ExtractError(Exception):
    """The root of every error that this library raises on purpose."""


class SpanError(ExtractError, ValueError):
    """A span is empty, negative or outside its text."""


class LexiconError(ExtractError, ValueError):
    """A data file breaks its own rules; the message names file and line."""


class SlotError(ExtractError, LookupError):
    """A slot id is not in the catalogue."""


class MarkupError(ExtractError, ValueError):
    """An annotated report breaks the markup's rules; the message names file and line."""


class RelatedError(ExtractError, ValueError):
    """A table of relations does not fit its report; the message names file and line."""


class _BilingualError(ExtractError, ValueError):
    """An error that people at a command line meet: the same message in English and in Chinese."""

    def __init__(self, message: str, *, zh: str) -> None:
        super().__init__(message)
        self.zh = zh


class ReadError(_BilingualError):
    """A document cannot be read; the message says what, where and what to do."""


class UsageError(_BilingualError):
    """A command was given something that it does not take."""


def message_in(error: ExtractError, language: str) -> str:
    """The error's message in ``language`` (zh or en) as far as it speaks it."""
    return error.zh if language == "zh" and isinstance(error, _BilingualError) else str(error)
