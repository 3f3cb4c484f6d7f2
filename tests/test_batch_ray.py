"""The same job on a Ray cluster of two nodes, one of whose workers is killed meanwhile."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("ray")

from nlp.batch.options import Options
from nlp.batch.outputs import FILES
from nlp.batch.progress import Progress
from nlp.batch.run import Request, run


@pytest.fixture(scope="module")
def cluster():
    import ray
    from ray.cluster_utils import Cluster

    os.environ["RAY_AUTH_MODE"] = "disabled"  # nothing but this test reaches it
    os.environ["RAY_ENABLE_UV_RUN_RUNTIME_ENV"] = "0"
    one = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    one.add_node(num_cpus=1)
    ray.init(address=one.address, log_to_driver=False)
    yield one
    ray.shutdown()
    one.shutdown()


def actors() -> list[int]:
    """Processes of Ray that run our stage."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"ray::MapWorker" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def test_the_clusters_output_is_that_of_one_machine(
    cluster, tmp_path: Path, report_text: str
) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in range(240):
        text = report_text.replace("沅渚县林业局", f"沅渚县第{number % 235 + 1}林业局")
        (inputs / f"r{number:03}.txt").write_text(text, "utf-8")
    (inputs / "bad.doc").write_bytes(bytes(range(256)) * 9)
    (inputs / "empty.txt").write_text("")

    local, far = tmp_path / "local", tmp_path / "far"
    options = Options(summary=False, workers=1)
    run(Request((str(inputs),), str(local), options=options), Progress(io.StringIO(), quiet=True))

    killed: list[int] = []

    def kill_one() -> None:
        """Once something is written, so that actors are at work."""
        while not killed:
            time.sleep(0.02)
            alive = actors()
            if alive and (far / "reports.jsonl").exists() and (far / "reports.jsonl").stat().st_size:
                os.kill(alive[0], signal.SIGKILL)
                killed.append(alive[0])

    threading.Thread(target=kill_one, daemon=True).start()
    request = Request((str(inputs),), str(far), options=Options(summary=False, workers=2), engine="ray")
    run(request, Progress(io.StringIO(), quiet=True))
    assert killed
    for name in FILES:
        assert (far / name).read_bytes() == (local / name).read_bytes(), name
