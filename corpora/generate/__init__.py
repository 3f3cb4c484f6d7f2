"""Whole reports composed from latent facts: ``python -m corpora.generate``.

For stress, pretraining and distillation, never for a quality figure; ``README.md`` says more.
"""

from .rates import RATES, Rates, read_rates
from .reports import Generated, generate

__all__ = ["RATES", "Generated", "Rates", "generate", "read_rates"]
