"""Time and cost of large jobs, from the rate of one core: the planning page's table.

What is assumed and not measured is named: shares of a crawl that are Chinese, that pass the
first test; hours are of cores, so that any number of machines can be put in.
"""

from __future__ import annotations

from typing import Any

CRAWL = {"warc_files": 90_000, "bytes_a_file": 1.0e9}  # of one monthly snapshot, packed
SCAN = 22e6  # packed bytes of WARC a second and core: fastwarc and the first test, measured on 600 pages
REPORTS_IN_CRAWL = 60_000  # assumed, not measured
PARENT = 1 / 15_000  # CPU seconds of an input besides the analysis; `simulate` measures it
BYTES = {"reports.jsonl": 36_000, "journal": 170}


def _job(name: str, reports: float, rate: float, cores: int, price: float, scan: float) -> dict[str, Any]:
    cpu = reports * (1 / rate + PARENT) + scan
    return {
        "job": name, "core_hours": round(cpu / 3600, 1),
        "hours_on_these_cores": round(cpu / 3600 / cores, 1), "cost": round(cpu / 3600 * price, 2),
        "GB_of_results": round(reports * sum(BYTES.values()) / 1e9, 1),
    }  # fmt: skip


def plan(rate: float, workers: int, cores: int, price: float) -> dict[str, Any]:
    """Jobs of a hundred thousand and ten million reports, and of a whole crawl.

    Parameters
    ----------
    rate : float
        Reports a second of one core, measured by ``batch`` with the options wanted.
    price : float
        Of a core for an hour, in any currency.
    """
    scan = CRAWL["warc_files"] * CRAWL["bytes_a_file"] / SCAN
    jobs = [("10⁵ reports", 1e5, 0.0), ("10⁷ reports", 1e7, 0.0),
            ("a Common Crawl snapshot", REPORTS_IN_CRAWL, scan)]  # fmt: skip
    return {"rate_of_a_core": rate, "cores": cores, "price_of_a_core_hour": price,
            "jobs": [_job(name, count, rate, cores, price, extra) for name, count, extra in jobs]}  # fmt: skip
