"""Commands whose answer is made of whole reports: analyze, summarize, tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from .cli_io import complain, error_line, finish, inputs_of, open_output, write_bytes
from .cli_options import (
    as_option,
    json_option,
    labels_option,
    output_option,
    tagger_option,
    workers_option,
)
from .errors import NianbaoError

if TYPE_CHECKING:
    from .analysis import Wanted
    from .cascade import Mode
    from .report import Report


def _each(
    given: tuple[str, ...], as_: str | None, workers: int, summary: bool | Wanted,
    tagger: Mode | None = None,
) -> Iterator[tuple[str, Report | NianbaoError]]:
    """``(name, report or error)`` for each input of the command, in order."""
    from .many import analyze_in_parallel

    return analyze_in_parallel(inputs_of(given), workers, summary, as_, tagger)


def _neural_at_hand(wanted: bool) -> bool:
    """Whether summaries can be written; says once where they cannot."""
    if not wanted:
        return False
    from .analysis import shipped_summarizer
    from .errors import MissingExtra

    try:
        shipped_summarizer()
    except MissingExtra as error:
        click.echo(f"nianbao: no summaries: {error}", err=True)
        return False
    return True


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@as_option
@json_option
@click.option("--no-summary", is_flag=True, help="leave the summary out (much faster)")
@labels_option
@tagger_option
@workers_option
@output_option
def analyze(
    inputs: tuple[str, ...], as_: str | None, as_json: bool, no_summary: bool, labels: str,
    tagger: Mode | None, workers: int, output: str | None,
) -> None:  # fmt: skip
    """The whole job: tables, checks, problems, commitments, summary.

    INPUTS are files, folders, globs, or - for standard input.
    """
    out = open_output(output)
    readable = not as_json and output is None and sys.stdout.isatty()
    failed = 0
    summary = _neural_at_hand(not no_summary)
    for name, outcome in _each(inputs, as_, workers, summary, tagger):
        if isinstance(outcome, NianbaoError):
            failed += 1
            complain(name, outcome)
            if not readable:
                click.echo(error_line(name, outcome), file=out)
        elif readable:
            from rich.console import Console

            from .view import show

            show(outcome, Console(highlight=False), labels)
        else:
            click.echo(json.dumps(outcome.to_dict(), ensure_ascii=False), file=out)
    finish(out, failed)


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@as_option
@json_option
@click.option(
    "--length", type=click.Choice(["short", "standard", "long"]), default="standard",
    show_default=True, help="at most 60, 80 to 180, at most 300 characters",
)  # fmt: skip
@click.option(
    "--focus", type=click.Choice(["problems", "commitments", "figures"]),
    help="what the summary dwells on",
)  # fmt: skip
@click.option(
    "--model", type=click.Path(exists=True, file_okay=False), metavar="DIR",
    help="a seq2seq of your own (mT5, BART, Pegasus, T5-PEGASUS) instead of the shipped one",
)  # fmt: skip
@output_option
def summarize(
    inputs: tuple[str, ...], as_: str | None, as_json: bool, length: str, focus: str | None,
    model: str | None, output: str | None,
) -> None:  # fmt: skip
    """The summary alone; on a terminal and with --json, with its sources."""
    from .analysis import Wanted

    out = open_output(output)
    failed = 0
    readable = not as_json and output is None and sys.stdout.isatty()
    wanted = Wanted(length, focus, model)  # type: ignore[arg-type]
    for name, outcome in _each(inputs, as_, 1, wanted):
        if isinstance(outcome, NianbaoError):
            failed += 1
            complain(name, outcome)
            if as_json:
                click.echo(error_line(name, outcome), file=out)
            continue
        if as_json:
            data = outcome.to_dict()
            part = {key: data[key] for key in ("schema", "source", "meta", "summary")}
            click.echo(json.dumps(part, ensure_ascii=False), file=out)
        elif outcome.summary is None:
            reason = next((w.message for w in outcome.warnings if w.code == "no_summary"), "")
            click.echo(f"nianbao: {name}: no summary: {reason}", err=True)
        elif readable:
            from rich.console import Console

            from .view import show_summary

            show_summary(outcome.summary, outcome.text, Console(highlight=False))
        else:
            click.echo(outcome.summary.text, file=out)
    finish(out, failed)


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@as_option
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx", "json"]), default="csv",
    show_default=True,
)  # fmt: skip
@click.option("--wide", is_flag=True, help="a row a report instead of a row a cell")
@workers_option
@output_option
def tables(
    inputs: tuple[str, ...], as_: str | None, form: str, wide: bool, workers: int,
    output: str | None,
) -> None:  # fmt: skip
    """The numeric tables, long (a row a cell) or --wide (a row a report)."""
    from . import export

    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("xlsx is binary: name a file with -o FILE")
    failed, reports = 0, []
    for name, outcome in _each(inputs, as_, workers, False, "fast"):
        if isinstance(outcome, NianbaoError):
            failed += 1
            complain(name, outcome)
        else:
            reports.append(outcome)
    header, rows = (export.wide_rows if wide else export.long_rows)(reports)
    if form == "xlsx":
        try:
            write_bytes(output, export.to_xlsx(header, rows))
        except NianbaoError as error:
            raise click.UsageError(str(error)) from None
    else:
        write: Callable[..., str] = export.to_csv if form == "csv" else export.to_json
        encoding = "utf-8-sig" if form == "csv" and output else "utf-8"
        write_bytes(output, write(header, rows).encode(encoding))
    finish(sys.stdout, failed)
