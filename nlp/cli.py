"""The command line: a thin layer that turns calls into library calls and errors into lines.

Data goes to standard output, messages to standard error. Exit status: 0 all done, 1 some
inputs failed and the rest are done, 2 the call itself is wrong.
"""

from __future__ import annotations

import gc
import glob
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from . import __version__, readers
from .errors import NianbaoError

if TYPE_CHECKING:
    from .analysis import Wanted
    from .cascade import Mode
    from .report import Report

# New objects before the collector looks for cycles: torch makes a hundred thousand as it is loaded,
# and looking 700 by 700 costs a fifth of that time.
_OBJECTS_A_ROUND = 20_000
Inputs = list[tuple[str, "str | bytes"]]

_as = click.option("--as", "as_", metavar="FORMAT", help="txt, html, eml, …, where the bytes do not tell")
_json = click.option("--json", "as_json", is_flag=True, help="JSON Lines, one object an input")
_output = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="write here instead of standard output"
)
_labels = click.option(
    "--labels", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
    help="language of headings and topics",
)  # fmt: skip
_tagger = click.option(
    "--tagger", type=click.Choice(["fast", "cascade", "accurate"]),
    help="default: cascade where its extra is installed, else fast",
)  # fmt: skip
_workers = click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="processes"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
@click.option("--debug", is_flag=True, help="show a traceback where something breaks")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Read government information disclosure annual reports (政府信息公开工作年度报告)."""
    context.obj = {"debug": debug}


# --- inputs and outputs ------------------------------------------------------------------


def _inputs(given: tuple[str, ...]) -> Inputs:
    """Files, folders (their files, in order), globs, and ``-`` for standard input."""
    found: Inputs = []
    for one in given:
        if one == "-":
            found.append(("-", sys.stdin.buffer.read(readers.MAX_BYTES + 1)))  # one more is too many
        elif os.path.isdir(one):
            files = sorted(p for p in Path(one).rglob("*") if p.is_file() and p.name[0] != ".")
            found += [(str(path), str(path)) for path in files]
        elif not os.path.exists(one) and glob.has_magic(one):
            found += [(path, path) for path in sorted(glob.glob(one, recursive=True))] or [
                (one, one)
            ]
        else:
            found.append((one, one))
    return found


def _complain(name: str, error: NianbaoError) -> None:
    message = " ".join(str(error).split())
    click.echo(f"nianbao: {name}: {message}", err=True)


def _error_line(name: str, error: NianbaoError) -> str:
    return json.dumps(
        {"source": {"name": name}, "error": {"code": error.code, "message": str(error)}},
        ensure_ascii=False,
    )


def _open_output(path: str | None) -> TextIO:
    if path is None:
        return sys.stdout
    try:
        return open(path, "w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from None


def _each(
    inputs: Inputs, as_: str | None, workers: int, summary: bool | Wanted, tagger: Mode | None = None
) -> Iterator[tuple[str, Report | NianbaoError]]:
    from .analysis import analyze_in_parallel

    yield from analyze_in_parallel(inputs, workers, summary, as_, tagger)


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


# --- commands ----------------------------------------------------------------------------


@cli.command()
@click.argument("inputs", nargs=-1, required=True)
@_as
@_json
@click.option("--no-summary", is_flag=True, help="leave the summary out (much faster)")
@_labels
@_tagger
@_workers
@_output
def analyze(
    inputs: tuple[str, ...], as_: str | None, as_json: bool, no_summary: bool, labels: str,
    tagger: Mode | None, workers: int, output: str | None,
) -> None:  # fmt: skip
    """The whole job: tables, checks, problems, commitments, summary.

    INPUTS are files, folders, globs, or - for standard input.
    """
    out = _open_output(output)
    readable = not as_json and output is None and sys.stdout.isatty()
    failed = 0
    summary = _neural_at_hand(not no_summary)
    for name, outcome in _each(_inputs(inputs), as_, workers, summary, tagger):
        if isinstance(outcome, NianbaoError):
            failed += 1
            _complain(name, outcome)
            if not readable:
                click.echo(_error_line(name, outcome), file=out)
        elif readable:
            from rich.console import Console

            from .view import show

            show(outcome, Console(highlight=False), labels)
        else:
            click.echo(json.dumps(outcome.to_dict(), ensure_ascii=False), file=out)
    _finish(out, failed)


@cli.command()
@click.argument("inputs", nargs=-1, required=True)
@_as
@_json
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
@_output
def summarize(
    inputs: tuple[str, ...], as_: str | None, as_json: bool, length: str, focus: str | None,
    model: str | None, output: str | None,
) -> None:  # fmt: skip
    """The summary alone; on a terminal and with --json, with its sources."""
    from .analysis import Wanted

    out = _open_output(output)
    failed = 0
    readable = not as_json and output is None and sys.stdout.isatty()
    wanted = Wanted(length, focus, model)  # type: ignore[arg-type]
    for name, outcome in _each(_inputs(inputs), as_, 1, wanted):
        if isinstance(outcome, NianbaoError):
            failed += 1
            _complain(name, outcome)
            if as_json:
                click.echo(_error_line(name, outcome), file=out)
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
    _finish(out, failed)


@cli.command()
@click.argument("files", nargs=-1)
@_json
@_labels
@_tagger
@click.option(
    "--min-score", type=click.FloatRange(0, 1), default=0.0, metavar="P",
    help="answer “unsure” where the label's probability is below P",
)  # fmt: skip
def tag(
    files: tuple[str, ...], as_json: bool, labels: str, tagger: Mode | None, min_score: float
) -> None:
    """Tag texts, one a line; without FILES, standard input, answered line by line."""
    from .cascade import tagger_for
    from .readers import read
    from .tagger import tag_line
    from .view import Words

    chosen = tagger_for(tagger)  # before the first line, so that each answer comes at once
    words = Words(labels)
    failed = unsure = 0

    def answer(line: str) -> None:
        nonlocal unsure
        found = tag_line(line, chosen)
        if found["score"] < min_score:
            unsure += 1
            found |= {"label": "unsure", "topics": []}
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False))
        else:
            topics = "、".join(words.topics[topic] for topic in found["topics"]) or "-"
            click.echo(f"{found['label']:<10}  {found['score']:.2f}  {topics}  {line}")
        sys.stdout.flush()

    for name in files or ("-",):
        if name == "-":
            for raw in sys.stdin.buffer:
                line = raw.decode("utf-8", "replace").strip()
                if line:
                    answer(line)
            continue
        try:
            document = read(name)
        except NianbaoError as error:
            failed += 1
            _complain(name, error)
            continue
        for line in document.text.splitlines():
            answer(line)
    if unsure:
        click.echo(f"nianbao: {unsure} lines below --min-score {min_score:g}: unsure", err=True)
    _finish(sys.stdout, failed)


@cli.command()
@click.argument("inputs", nargs=-1, required=True)
@_as
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx", "json"]), default="csv",
    show_default=True,
)  # fmt: skip
@click.option("--wide", is_flag=True, help="a row a report instead of a row a cell")
@_workers
@_output
def tables(
    inputs: tuple[str, ...], as_: str | None, form: str, wide: bool, workers: int,
    output: str | None,
) -> None:  # fmt: skip
    """The numeric tables, long (a row a cell) or --wide (a row a report)."""
    from . import export

    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise click.UsageError("xlsx is binary: name a file with -o FILE")
    failed, reports = 0, []
    for name, outcome in _each(_inputs(inputs), as_, workers, False, "fast"):
        if isinstance(outcome, NianbaoError):
            failed += 1
            _complain(name, outcome)
        else:
            reports.append(outcome)
    header, rows = (export.wide_rows if wide else export.long_rows)(reports)
    if form == "xlsx":
        try:
            _write_bytes(output, export.to_xlsx(header, rows))
        except NianbaoError as error:
            raise click.UsageError(str(error)) from None
    else:
        write: Callable[..., str] = export.to_csv if form == "csv" else export.to_json
        encoding = "utf-8-sig" if form == "csv" and output else "utf-8"
        _write_bytes(output, write(header, rows).encode(encoding))
    _finish(sys.stdout, failed)


def _write_bytes(path: str | None, data: bytes) -> None:
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from None


@cli.command()
@click.argument("inputs", nargs=-1)
@click.option("--out", required=True, metavar="DIR", help="folder of the results, or a URL")
@click.option("--from", "lists", multiple=True, metavar="FILE",
              help="a file that lists inputs, one a line; - for standard input")  # fmt: skip
@_as
@click.option("--no-summary", is_flag=True, help="leave the summaries out (much faster)")
@_tagger
@click.option("--workers", type=click.IntRange(1, 256), default=None,
              help="processes; as many as there are cores")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(0.1), default=60.0, show_default=True,
              metavar="SECONDS", help="what one input may take")  # fmt: skip
@click.option("--memory", type=click.IntRange(256), default=3072, show_default=True,
              metavar="MIB", help="what one worker may hold")  # fmt: skip
@click.option("--parquet", is_flag=True, help="also Parquet, partitioned by year")
@click.option("--xlsx", is_flag=True, help="also a workbook")
@click.option("--dta", is_flag=True, help="also Stata files")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--redo", is_flag=True, help="forget what is in DIR and do all anew")
@click.option("--retry", is_flag=True, help="try again what failed")
@click.option("--quiet", is_flag=True, help="say nothing but what ends the run")
def batch(
    inputs: tuple[str, ...], out: str, lists: tuple[str, ...], as_: str | None, no_summary: bool,
    tagger: Mode | None, workers: int | None, timeout: float, memory: int, parquet: bool,
    xlsx: bool, dta: bool, engine: str, redo: bool, retry: bool, quiet: bool,
) -> None:  # fmt: skip
    """Many files into a folder, none lost; stopped at any moment, the same call goes on.

    INPUTS are files, folders, globs, zip, tar and WARC archives, URLs, or - for a list on
    standard input.
    """
    from .batch.command import call

    kinds = {"parquet": parquet, "xlsx": xlsx, "dta": dta}
    raise SystemExit(
        call(inputs, lists, out, as_=as_, summary=not no_summary, tagger=tagger, workers=workers,
             timeout=timeout, memory=memory, exports=tuple(k for k, on in kinds.items() if on),
             engine=engine, redo=redo, retry=retry, quiet=quiet)
    )  # fmt: skip


@cli.command()
def schema() -> None:
    """The JSON Schema of one line of output."""
    from .schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _finish(out: TextIO, failed: int) -> None:
    out.flush()
    if out is not sys.stdout:
        out.close()
    if failed:
        raise SystemExit(1)


def main(argv: list[str] | None = None) -> Any:
    """Entry point of ``nianbao``: no traceback reaches a user unless ``--debug`` is given."""
    arguments = sys.argv[1:] if argv is None else argv
    gc.set_threshold(_OBJECTS_A_ROUND, *gc.get_threshold()[1:])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return cli.main(arguments, prog_name="nianbao", standalone_mode=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except NianbaoError as error:
        if "--debug" in arguments:
            raise
        click.echo(f"nianbao: {error}", err=True)
        raise SystemExit(2) from None
    except Exception as error:
        if "--debug" in arguments:
            raise
        click.echo(
            f"nianbao: unexpected {type(error).__name__}: {error}; run again with "
            "`nianbao --debug …` and report the traceback", err=True,
        )  # fmt: skip
        raise SystemExit(2) from None
