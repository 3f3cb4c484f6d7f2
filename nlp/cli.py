"""The command line: a thin layer that turns calls into library calls and errors into lines.

Exit status: 0 all done, 1 some inputs failed and the rest are done, 2 the call itself is wrong.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from . import __version__
from .cli_io import complain, finish
from .cli_options import as_option, json_option, labels_option, tagger_option
from .cli_reports import analyze, summarize, tables
from .errors import NianbaoError

if TYPE_CHECKING:
    from .cascade import Mode

# New objects before the collector looks for cycles: torch makes a hundred thousand as it is loaded,
# and looking 700 by 700 costs a fifth of that time.
_OBJECTS_A_ROUND = 20_000


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="nianbao")
@click.option("--debug", is_flag=True, help="show a traceback where something breaks")
@click.pass_context
def cli(context: click.Context, debug: bool) -> None:
    """Read government information disclosure annual reports (政府信息公开工作年度报告)."""
    context.obj = {"debug": debug}


for _command in (analyze, summarize, tables):
    cli.add_command(_command)


@cli.command()
@click.argument("files", nargs=-1)
@json_option
@labels_option
@tagger_option
@click.option(
    "--min-score", type=click.FloatRange(0, 1), default=0.0, metavar="P",
    help="answer “unsure” where the label's probability is below P",
)  # fmt: skip
def tag(
    files: tuple[str, ...], as_json: bool, labels: str, tagger: Mode | None, min_score: float
) -> None:
    """Tag texts, one a line; without FILES, standard input, answered line by line."""
    from .cascade import tagger_for
    from .lone_lines import tag_line
    from .readers import read
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
            complain(name, error)
            continue
        for line in document.text.splitlines():
            answer(line)
    if unsure:
        click.echo(f"nianbao: {unsure} lines below --min-score {min_score:g}: unsure", err=True)
    finish(sys.stdout, failed)


@cli.command()
@click.argument("inputs", nargs=-1)
@click.option("--out", required=True, metavar="DIR", help="folder of the results, or a URL")
@click.option("--from", "lists", multiple=True, metavar="FILE",
              help="a file that lists inputs, one a line; - for standard input")  # fmt: skip
@as_option
@click.option("--no-summary", is_flag=True, help="leave the summaries out (much faster)")
@tagger_option
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
