"""Options that several commands share."""

from __future__ import annotations

import click

as_option = click.option("--as", "as_", metavar="FORMAT", help="txt, html, eml, …, where the bytes do not tell")
json_option = click.option("--json", "as_json", is_flag=True, help="JSON Lines, one object an input")
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), help="write here instead of standard output"
)
labels_option = click.option(
    "--labels", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
    help="language of headings and topics",
)  # fmt: skip
tagger_option = click.option(
    "--tagger", type=click.Choice(["fast", "cascade", "accurate"]),
    help="default: cascade where its extra is installed, else fast",
)  # fmt: skip
workers_option = click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="processes"
)
