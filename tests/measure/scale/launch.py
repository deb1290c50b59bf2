"""Run a command and write what it took to a file: `launch.py FILE COMMAND…`.

A small program by itself: on Linux, a process's peak of memory is at least what the one that started
it had at that moment.
"""

import json
import os
import sys
import time

if __name__ == "__main__":
    note, *command = sys.argv[1:]
    began = time.perf_counter()
    process = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - began
    with open(note, "w") as file:  # noqa: PTH123 - pathlib is a megabyte more
        json.dump({"seconds": seconds, "peak": usage.ru_maxrss, "status": os.waitstatus_to_exitcode(status)}, file)
