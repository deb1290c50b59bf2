"""Fuzz one target in this process: `python -m tests.measure.fuzz.run_target NAME CRASHES INPUTS [OPTIONS]`."""

import hashlib
import resource
import sys
import traceback
from pathlib import Path

import atheris

MOST_MEMORY = 4 << 30
"""Bytes of address space; a parser's process has half of that, without the tables of coverage."""

_OURS = ["index", "qa"]
_PARSERS = {"load_pdf": ["pdfminer"], "load_rtf": ["striprtf"], "load_docx": ["docx"]}
"""What is watched beside our own code. Of HTML's parsers, which are large, nothing is: they take long to begin."""


def main() -> None:
    """Fuzz until libFuzzer's time is over; an input that raises is kept once for each place that it raises at."""
    name, crashes, inputs, *options = sys.argv[1:]
    seen = set[str]()
    with atheris.instrument_imports(include=[*_OURS, *_PARSERS.get(name, [])]):
        from tests.measure.fuzz.targets import TARGETS

        target = TARGETS[name]
        for path in Path(inputs).glob("seed-*"):
            target.run(path.read_bytes())  # for what it imports when it runs
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))

    def run(data: bytes) -> None:
        try:
            target.run(data)
        except Exception as error:  # noqa: BLE001 - whatever is raised is found
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__} {Path(frame.filename).name}:{frame.lineno}"
            if place in seen:
                return
            seen.add(place)
            path = Path(crashes) / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
            path.write_bytes(data)
            path.with_suffix(".txt").write_text(place + "\n\n" + traceback.format_exc(), encoding="utf-8")

    atheris.Setup([sys.argv[0], inputs, *options], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
