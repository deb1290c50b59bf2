"""Run a command and write its wall time and peak memory as JSON to a file descriptor: `launch.py FD COMMAND…`.

A process of its own, with hardly anything in it, because Linux counts in a child's peak what its parent
held when the child began.
"""

import json
import os
import sys
import time

_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


def main() -> int:
    """Run the command; return its exit status."""
    report, command = int(sys.argv[1]), sys.argv[2:]
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - began
    spent = {"seconds": seconds, "peak_bytes": usage.ru_maxrss * _MAXRSS_UNIT}
    os.write(report, json.dumps(spent).encode())
    return os.waitstatus_to_exitcode(status) & 0xFF


if __name__ == "__main__":
    sys.exit(main())
