"""A disk that is full in the middle of a run: a small file system in memory, made larger later."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Any

from .kills import OUTPUTS, command, digests


def on_a_full_disk(inputs: Path, mib: int, scratch: str | None) -> dict[str, Any]:
    """Run into a full disk, make room, go on; compared with a run that had room.

    Raises
    ------
    subprocess.CalledProcessError
        If no file system can be mounted (it takes root).
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-full-", dir=scratch) as folder:
        calm, disk = Path(folder, "calm"), Path(folder, "disk")
        subprocess.run(command(inputs, calm, "--no-summary", "--quiet"), check=False)
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", disk], check=True)
        try:
            call = command(inputs, disk / "out", "--no-summary", "--quiet")
            first = subprocess.run(call, check=False, stderr=subprocess.PIPE, text=True)
            whole = all((calm / name).read_bytes().startswith((disk / "out" / name).read_bytes())
                        for name in OUTPUTS if (disk / "out" / name).exists())  # fmt: skip
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            read_only = subprocess.run(call, check=False, stderr=subprocess.PIPE, text=True)
            subprocess.run(["mount", "-o", "remount,rw,size=2g", disk], check=True)
            last = subprocess.run(call, check=False, stderr=subprocess.PIPE, text=True)
            return {
                "full": {"status": first.returncode, "said": first.stderr.strip(),
                         "outputs_are_a_beginning_of_the_whole": whole},
                "read_only": {"status": read_only.returncode, "said": read_only.stderr.strip()},
                "after_room_was_made": {"status": last.returncode,
                                        "equal": digests(disk / "out") == digests(calm)},
            }  # fmt: skip
        finally:
            subprocess.run(["umount", disk], check=False)
