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


class TargetInUse(NianbaoError):
    """Another run is writing to the same output folder."""

    code = "target_in_use"


class TargetUnwritable(NianbaoError):
    """The output folder cannot be made or written to, or its disk is full."""

    code = "target_unwritable"


class TargetDiffers(NianbaoError):
    """The output folder holds results of other models or options, or was changed by hand."""

    code = "target_differs"


class WorkerDied(NianbaoError):
    """The process that read an input died of it, twice."""

    code = "worker_died"


class OutOfMemory(NianbaoError):
    """An input needs more memory than a worker is given."""

    code = "out_of_memory"


class TimedOut(NianbaoError):
    """An input took longer than it is given."""

    code = "timed_out"


class Unexpected(NianbaoError):
    """A fault of this package met with an input; its type and words are in the message."""

    code = "unexpected_error"
