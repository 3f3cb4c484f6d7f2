"""The whole job: bytes to a report, stage after stage, each giving the next a frozen value."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from . import readers
from .artefacts import find_model, read_manifest
from .cascade import Mode, tagger_for
from .checks import run_checks
from .clauses import Clause
from .controls import Focus, Length
from .controls import check as check_controls
from .document import Document
from .errors import MissingExtra, NianbaoError
from .facts import find_facts
from .headings import find_headings, outline_of
from .indicator_table import read_indicators, without_rows
from .lone_lines import tag_text
from .meta import read_meta
from .narrative import cut_clauses
from .pairs import pair
from .plan import candidates, stretches_of
from .rarity import Rarity, Scorer
from .report import Notice, Report, Statement, Summary, Tables
from .report_signs import require_report
from .sections import find_sections
from .statements import merge
from .tables import extract_tables
from .words import LEXICON, read_lexicon, segmenter

if TYPE_CHECKING:
    from .paragraph import Writer
    from .summarizer import Summarizer

Input = str | os.PathLike[str] | bytes


def _have_neural() -> None:
    """
    Raises
    ------
    MissingExtra
        If torch or transformers are not installed.
    """
    for package in ("torch", "transformers"):
        if find_spec(package) is None:
            raise MissingExtra(
                "summaries need the extra 'neural': pip install 'nianbao[neural]', "
                "or ask for none with --no-summary"
            )


@lru_cache(maxsize=2)
def chosen_summarizer(folder: str | None = None) -> tuple[Writer, str, Scorer | None]:
    """The summarizer in ``folder``, or the shipped one, its name, and what tells rare deeds.

    Raises
    ------
    MissingExtra, MissingModel
        As :func:`shipped_summarizer`; MissingModel too where the folder holds no seq2seq.
    """
    shipped = find_model("summarizer")
    cut = segmenter(read_lexicon(find_model("tagger") / LEXICON))
    table = Rarity.load(shipped)
    rarity = table.scorer(cut) if table else None
    if folder is None:
        return (*shipped_summarizer(), rarity)
    _have_neural()
    from .seq2seq import load_writer

    return load_writer(Path(folder), cut), Path(folder).name, rarity


@lru_cache(maxsize=1)
def shipped_summarizer() -> tuple[Summarizer, str]:
    """The summarizer that comes with the package, loaded once, and its name.

    Raises
    ------
    MissingExtra
        If torch or transformers are not installed.
    MissingModel
        If the model is not found or not what its hash says.
    """
    _have_neural()
    folder = find_model("summarizer")
    manifest = read_manifest(folder)
    from .summarizer import Summarizer

    cut = segmenter(read_lexicon(find_model("tagger") / LEXICON))
    name = f"{manifest['format']} v{manifest['version']}"
    return Summarizer.from_pretrained(folder, cut), name


def read(source: Input, as_: str | None = None, name: str | None = None) -> Document:
    """Read one input; text given with ``as_="txt"`` that is no path is taken as it is."""
    if isinstance(source, str) and as_ is not None and "\n" in source:
        return readers.read(source.encode("utf-8"), as_, name or "-")
    return readers.read(source, as_, name)


def _structure(document: Document) -> tuple[Report, tuple[Clause, ...]]:
    """Everything but what the models say: sections, meta, tables, facts, checks."""
    outline = outline_of(document)
    sections = find_sections(document, outline)
    meta, meta_warnings = read_meta(document, sections)
    require_report(document, sections)
    reading = extract_tables(document, sections, meta.form)
    appendix = read_indicators(document)
    sections = without_rows(sections, appendix)
    clauses = cut_clauses(document, sections, find_headings(document, outline))
    if appendix.spans:  # its rows are no narrative
        clauses = tuple(one for one in clauses if not _within(one, appendix.spans))
    prose = find_facts(document, clauses)
    facts = tuple(sorted((*prose, *appendix.facts(document.text)), key=lambda one: (one.start, one.end)))
    cells = (*reading.cells, *appendix.cells({cell.table for cell in reading.cells}))
    report = Report(
        source=document.source,
        meta=meta,
        text=document.text,
        sections=sections,
        tables=Tables(cells),
        facts=facts,
        checks=run_checks(cells, prose, appendix.rows),
        warnings=(*document.warnings, *meta_warnings, *reading.warnings, *appendix.warnings),
    )
    return report, clauses


def _within(clause: Clause, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a clause shares a character with one of the spans, which are in order."""
    return any(low < clause.end and clause.start < high for low, high in spans)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which summary is wanted: ``length`` and ``focus`` as in :mod:`nlp.controls`, and the folder
    of a seq2seq of the user's where it is not the shipped one."""

    length: Length = "standard"
    focus: Focus | None = None
    model: str | None = None


def summarize_many(
    reports: Sequence[Report], wanted: Wanted = Wanted()
) -> list[Summary | None]:
    """Summaries of analysed reports, each verified against its plan.

    A report without agency or without anything to say gets None.
    """
    from .paragraph import summarize_pools

    summarizer, name, rarity = chosen_summarizer(wanted.model)
    pools = [
        candidates(r.meta, r.text, stretches_of(r.statements), r.tables, r.facts, rarity)
        for r in reports
    ]
    texts = [r.text for r in reports]
    return summarize_pools(pools, texts, summarizer, name, wanted.length, wanted.focus)


def analyze_documents(
    documents: Iterable[Document], summary: bool | Wanted = True, tagger: Mode | None = None
) -> list[Report | NianbaoError]:
    """Reports of documents, models run in one batch; an error stands in the place of a
    document that is no report. ``tagger`` as for :func:`nlp.cascade.tagger_for`. Documents are
    taken one by one, each once the one before has its structure: who makes them can tell which
    one is at work."""
    outcomes: list[Report | NianbaoError] = []
    pending: list[tuple[int, Report, tuple[Clause, ...]]] = []
    for document in documents:
        try:
            report, clauses = _structure(document)
        except NianbaoError as error:
            outcomes.append(error)
            continue
        pending.append((len(outcomes), report, clauses))
        outcomes.append(report)
    found = [clause for _, _, clauses in pending for clause in clauses]
    tags = iter(tagger_for(tagger).tag_clauses(found))
    tagged: list[tuple[int, Report]] = []
    for place, report, clauses in pending:
        statements = merge(report.text, clauses, [next(tags) for _ in clauses])
        tagged.append((place, replace(report, statements=statements, pairs=pair(statements))))
    if summary and tagged:
        wanted = summary if isinstance(summary, Wanted) else Wanted()
        summaries = summarize_many([report for _, report in tagged], wanted)
        tagged = [
            (place, _summarised(report, one))
            for (place, report), one in zip(tagged, summaries, strict=True)
        ]
    for place, report in tagged:
        outcomes[place] = report
    return outcomes


def _summarised(report: Report, summary: Summary | None) -> Report:
    from .paragraph import PLAIN

    warnings = report.warnings
    if summary is None:
        if report.meta.agency is None:
            reason = "no agency was read; a summary must say whose report it is"
        else:
            reason = "no figure, deed, problem or promise was read that a summary could say"
        warnings += (Notice("no_summary", reason),)
    elif summary.model == PLAIN:
        message = "no draft of the network passed the check; the summary is a plain rendering"
        warnings += (Notice("plain_summary", message),)
    return replace(report, summary=summary, warnings=warnings)


def analyze(
    source: Input,
    as_: str | None = None,
    *,
    summary: bool = True,
    length: Length = "standard",
    focus: Focus | None = None,
    model: str | None = None,
    tagger: Mode | None = None,
) -> Report:
    """Analyse one report.

    Parameters
    ----------
    source : str, os.PathLike or bytes
        A path, bytes, or (with ``as_="txt"`` and more than one line) the text itself.
    as_ : str, optional
        Format where the bytes do not tell.
    summary : bool
        Whether to write the summary, which needs the extra ``neural``.
    length : {"standard", "short", "long"}
        80–180, at most 60, at most 300 characters.
    focus : {"problems", "commitments", "figures"}, optional
        What the summary dwells on.
    model : str, optional
        Folder of a seq2seq of your own (mT5, BART, Pegasus, T5-PEGASUS) that writes instead of
        the shipped one, behind the same plan and check.
    tagger : {"fast", "cascade", "accurate"}, optional
        Which tagger; the cascade where the extra ``cascade`` is installed, else the fast one.

    Raises
    ------
    ValueError
        If ``length`` or ``focus`` is not one of these.
    NianbaoError
        One of :mod:`nlp.errors`, by cause.
    """
    check_controls(length, focus)
    wanted = Wanted(length, focus, model) if summary else False
    outcome = analyze_documents([read(source, as_)], wanted, tagger)[0]
    if isinstance(outcome, NianbaoError):
        raise outcome
    return outcome


def one_thread() -> None:
    """A process a core: numerical libraries of this process use one thread.

    The variable is read by what loads later (the encoder's engine, torch); numpy's and
    scikit-learn's libraries are loaded by now, so they are told at run time.
    """
    from threadpoolctl import threadpool_limits

    os.environ["OMP_NUM_THREADS"] = "1"
    threadpool_limits(limits=1)


def tag(text: str, tagger: Mode | None = None) -> list[Statement]:
    """Statements of a lone text: a line, a sentence, a paragraph."""
    return tag_text(text, tagger_for(tagger))
