"""The contract: one report as frozen dataclasses.

Offsets (``start``, ``end``) are code points into ``Report.text``, end exclusive;
``text[start:end]`` is the text of the span, always. This module imports nothing of ours (but
for what a report is shown or written by, when it is asked for).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas

SCHEMA = "nianbao/1"

Form = Literal["2021", "2019", "free"]
SectionKind = Literal[
    "intro", "overview", "disclosure", "requests", "review", "problems", "other", "footer"
]
Label = Literal["problem", "commitment", "done", "other"]
How = Literal["read", "derived", "unread"]
Status = Literal["pass", "fail", "unknown"]
TableName = Literal["disclosure", "requests", "review"]

LABELS: tuple[Label, ...] = ("problem", "commitment", "done", "other")
CALLED_FOR: tuple[Label, ...] = ("problem", "commitment")  # what is looked for; these have topics
TABLE_NAMES: tuple[TableName, ...] = ("disclosure", "requests", "review")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report came from. ``sha256`` is of the input's bytes."""

    name: str
    format: str
    sha256: str
    encoding: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Meta:
    """Who reports on which year. ``published`` is ``YYYY-MM-DD``."""

    agency: str | None = None
    region: str | None = None
    year: int | None = None
    published: str | None = None
    form: Form = "free"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the report under one heading; the heading is inside ``start:end``."""

    kind: SectionKind
    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table that is there.

    ``value`` is None where ``how`` is ``"unread"``. ``start``/``end`` point at the
    printed number; they are None where none is printed or it was not read. A number whose
    column the form's sums decided is ``"derived"`` and still points at where it stands.
    ``confidence`` is the recogniser's for a number read from a picture (0 to 1, the lower of two
    readings); None where the source has text, and where no number was read.
    """

    table: TableName
    row: str
    column: str
    value: int | float | None
    how: How
    start: int | None = None
    end: int | None = None
    confidence: float | None = None

    @property
    def key(self) -> str:
        """Dotted name, for example ``requests.new.total``."""
        return f"{self.table}.{self.row}.{self.column}"


TableValues = Mapping[str, Mapping[str, "int | float | None"]]


@dataclass(frozen=True, slots=True)
class Tables:
    """The three official tables; a table that is not in the source is None.

    ``tables.requests["new"]["total"]`` is a value; row keys are dotted as in
    the form (``"denied.state_secret"``).
    """

    cells: tuple[Cell, ...] = ()

    def _table(self, name: TableName) -> TableValues | None:
        rows: dict[str, dict[str, int | float | None]] = {}
        for cell in self.cells:
            if cell.table == name:
                rows.setdefault(cell.row, {})[cell.column] = cell.value
        return rows or None

    @property
    def disclosure(self) -> TableValues | None:
        return self._table("disclosure")

    @property
    def requests(self) -> TableValues | None:
        return self._table("requests")

    @property
    def review(self) -> TableValues | None:
        return self._table("review")

    def value(self, table: TableName, row: str, column: str) -> int | float | None:
        """The value of one cell, None where it is absent or unread."""
        for cell in self.cells:
            if (cell.table, cell.row, cell.column) == (table, row, column):
                return cell.value
        return None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the prose counts: ``key`` 主题 as an English key, ``value`` in ``unit``."""

    key: str
    value: int | float
    unit: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Check:
    """One rule of the form's arithmetic held against the cells."""

    rule: str
    status: Status
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A run of clauses with one label. ``score`` is a calibrated probability."""

    id: str
    section: SectionKind
    start: int
    end: int
    text: str
    label: Label
    score: float
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Commitment ``commitment`` answers problem ``problem`` (statement ids)."""

    problem: str
    commitment: str
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """``summary.text[start:end]`` comes from ``report.text[source_start:source_end]``."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One paragraph; ``model`` names the network, or the plain rendering that stood in."""

    text: str
    evidence: tuple[Evidence, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning to the reader: ``where`` names the cell or place."""

    code: str
    message: str
    where: str | None = None


@dataclass(frozen=True)
class Report:
    """One analysed report. Build it with :func:`nlp.analyze`."""

    source: Source
    meta: Meta
    text: str
    sections: tuple[Section, ...] = ()
    tables: Tables = field(default_factory=Tables)
    facts: tuple[Fact, ...] = ()
    checks: tuple[Check, ...] = ()
    statements: tuple[Statement, ...] = ()
    pairs: tuple[Pair, ...] = ()
    summary: Summary | None = None
    warnings: tuple[Notice, ...] = ()

    @property
    def problems(self) -> list[Statement]:
        return [s for s in self.statements if s.label == "problem"]

    @property
    def commitments(self) -> list[Statement]:
        return [s for s in self.statements if s.label == "commitment"]

    def to_dict(self) -> dict[str, Any]:
        """The report as the JSON contract has it; ``json.dumps`` takes it as it is."""
        from .report_json import to_dict

        return to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Report:
        """The inverse of :meth:`to_dict`.

        Raises
        ------
        ValueError
            If ``data["schema"]`` is not the schema of this version.
        """
        from .report_json import from_dict

        return from_dict(data)

    def _repr_html_(self) -> str:
        from .notebook import report_html

        return report_html(self)

    def cells(self) -> pandas.DataFrame:
        """The table cells in long form, one row a cell.

        Returns
        -------
        pandas.DataFrame
            Columns source, agency, year, table, row, column, value, how.

        Raises
        ------
        ImportError
            If pandas is not installed (``pip install 'nianbao[all]'``).
        """
        import pandas

        from .export import long_rows

        header, rows = long_rows([self])
        return pandas.DataFrame(rows, columns=list(header))
