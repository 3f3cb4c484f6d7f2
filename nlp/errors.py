"""Errors named by cause. Each message says what is wrong, where, and what to do."""

from __future__ import annotations


class NianbaoError(Exception):
    """Base of every error a user can meet. ``code`` is what JSON output carries.

    Attributes
    ----------
    code : str
        Stable identifier, for example ``unsupported_format``.
    """

    code = "error"


class UnreadableInput(NianbaoError):
    """The input is missing, a folder, or may not be opened."""

    code = "unreadable_input"


class UnsupportedFormat(NianbaoError):
    """The bytes are of a kind no reader takes."""

    code = "unsupported_format"


class DamagedFile(NianbaoError):
    """The file is cut short, or is not inside what it is outside."""

    code = "damaged_file"


class EmptyInput(NianbaoError):
    """The input holds no text."""

    code = "empty_input"


class InputTooLarge(NianbaoError):
    """The input is beyond the bound that keeps time and memory small."""

    code = "input_too_large"


class NotAReport(NianbaoError):
    """The text is readable but is no yearly disclosure report."""

    code = "not_a_report"


class UndecodableText(NianbaoError):
    """No known character encoding fits the bytes."""

    code = "undecodable_text"


class MissingExtra(NianbaoError):
    """A part of the package that is an extra has not been installed."""

    code = "missing_extra"


class MissingModel(NianbaoError):
    """A shipped model was not found, or is not what its hash says."""

    code = "missing_model"


class BadCorpus(NianbaoError):
    """Training or evaluation data that do not follow their schema."""

    code = "bad_corpus"
