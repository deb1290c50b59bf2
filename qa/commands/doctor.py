"""`qa doctor`: examine the index, and mend it."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qa.commands.options import Subparsers, add_store
from qa.opening import choose_store, notify
from qa.sanitise import sanitise

if TYPE_CHECKING:
    from index.checkup.findings import Section
    from index.doctor import Doctor
    from index.store import Store

UNSOUND = 1

_MOST_REPAIRS = 3
"""What a damaged catalog kept from being examined may have to be mended after it."""


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "doctor",
        help="examine the index, and mend it with --repair",
        description="Examine everything in the index: the catalog, each text against its hash, the words, the"
        " vectors in Chroma against the catalog's, the models, what is left over, and who may read it."
        " Exit status: 0 sound, 1 something is amiss, 2 wrong usage or no index.",
    )
    parser.add_argument(
        "--repair", action="store_true", help="mend what is amiss, without embedding again what is known and sound"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    parser.add_argument("--no-wait", action="store_true", help="fail at once if another process is writing the index")
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from index.doctor import Doctor
    from index.inputs import BuildOptions
    from qa.checkup import drop_damaged_readers
    from qa.indexing import failure_lines, summary
    from qa.progress import standard_progress

    store = choose_store(options.store, Path.cwd())
    doctor = Doctor(
        store=store,
        notify=notify,
        progress=standard_progress(),
        wait=0.0 if options.no_wait else BuildOptions().wait,
    )
    sections = _examine(doctor, store)
    for _ in range(_MOST_REPAIRS if options.repair else 0):
        if not _is_mendable(sections):
            break
        for line in _findings(sections):
            notify(line)
        result = doctor.repair(sections)
        drop_damaged_readers(store)
        if result is not None:
            for line in (*failure_lines(result, Path.cwd()), summary(result)):
                notify(line)
        sections = _examine(doctor, store)
    print(_json(sections) if options.json else "\n".join(_lines(sections)))
    return 0 if _are_sound(sections) else UNSOUND


def _examine(doctor: "Doctor", store: "Store") -> "list[Section]":
    from qa.checkup import examine_readers

    return [*doctor.examine(), examine_readers(store)]


def _are_sound(sections: "Sequence[Section]") -> bool:
    return all(section.is_sound for section in sections)


def _is_mendable(sections: "Sequence[Section]") -> bool:
    from index.checkup.findings import Cure

    return any(finding.cure not in (Cure.NONE, Cure.USER) for section in sections for finding in section.findings)


def _findings(sections: "Sequence[Section]") -> list[str]:
    """Return a line for each part, and below it one for each finding."""
    widest = max(len(section.part) for section in sections)
    lines = []
    for section in sections:
        state = "sound" if section.is_sound else "NOT SOUND"
        lines.append(f"{section.part:<{widest}}  {state}{f': {sanitise(section.holds)}' if section.holds else ''}")
        lines += [f"{'':<{widest}}  - {sanitise(finding.problem)}" for finding in section.findings]
    return lines


def _lines(sections: "Sequence[Section]") -> list[str]:
    """Return the same, and what mends it."""
    return [*_findings(sections), *(["qa doctor --repair mends it"] if _is_mendable(sections) else [])]


def _json(sections: "Sequence[Section]") -> str:
    parts = [
        {
            "part": section.part,
            "sound": section.is_sound,
            "holds": section.holds,
            "findings": [
                {"problem": finding.problem, "cure": finding.cure.name.lower()} for finding in section.findings
            ],
        }
        for section in sections
    ]
    return json.dumps({"sound": _are_sound(sections), "parts": parts})
