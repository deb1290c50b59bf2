"""Put an index's passages into a generation: run in a process of its own, to see what memory that takes."""

import sys
from pathlib import Path

from index.store import Store
from tests.measure.scale.building import build_generation

if __name__ == "__main__":
    build_generation(Store(Path(sys.argv[1])))
