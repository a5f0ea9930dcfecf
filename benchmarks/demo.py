"""The demo from nothing to brief and page: wall and CPU time of ``innohub demo``, cold and again.

    python benchmarks/demo.py

Cold: a new process with an empty home folder, so that no cache of fonts or compiled figures helps.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Run the demo twice in an empty home and print a Markdown table."""
    with tempfile.TemporaryDirectory() as home:
        print("| `innohub demo` | wall s | CPU s | files written |\n|---|---:|---:|---:|")
        for name in ("cold", "again"):
            out = Path(home) / name
            wall, cpu = _run(out, Path(home))
            files = sum(path.is_file() for path in out.rglob("*"))
            print(f"| {name} | {wall:.1f} | {cpu:.1f} | {files} |")


def _run(out: Path, home: Path) -> tuple[float, float]:
    before, start = _cpu(), time.perf_counter()
    command = [sys.executable, "-m", "innohub", "demo", "--out", str(out)]
    environment = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    environment["MPLCONFIGDIR"] = str(home / "matplotlib")
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start, _cpu() - before


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
