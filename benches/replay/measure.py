"""Runs a command with its output in a file, and says what it took: `python measure.py FILE COMMAND…`."""

import json
import resource
import subprocess
import sys
import time

with open(sys.argv[1], "wb") as out:
    started = time.perf_counter()
    subprocess.run(sys.argv[2:], stdout=out, check=True)
    seconds = time.perf_counter() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
# In KB, but on macOS in bytes.
memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
json.dump({"seconds": seconds, "cpuSeconds": used.ru_utime + used.ru_stime, "peakBytes": memory}, sys.stdout)
