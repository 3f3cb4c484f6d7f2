"""Many files, none lost: ``nianbao batch``.

Data goes one way, through modules of one job each::

    discover ─▶ containers, sieve ─▶ planner ─▶ crew of workers (stage) ─▶ outputs + journal
    paths        inputs with bytes    groups      rendered results          one writer, in order

A group of inputs is the unit of everything: it is tagged and summarised together, retried
together and committed together, and which inputs it holds follows from their order alone. So
the output is the same, byte for byte, whatever the number of workers, and after any kill.
``ray_engine`` hands the same groups to a cluster.
"""

from __future__ import annotations

from .options import Options

__all__ = ["Options"]
