"""`qa status`: what is indexed."""

import argparse
import json
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import NoIndexError
from qa.commands.options import Subparsers, add_store
from qa.opening import choose_store
from qa.sanitise import sanitise, sanitise_name
from qa.show_path import show_path, shown_path

if TYPE_CHECKING:
    from index.records import RunReport
    from qa.copies import Copies, Copy
    from qa.status import Status


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "status", help="what is indexed", description="Say what is indexed, how, and whether it is up to date."
    )
    parser.add_argument(
        "--copies",
        action="store_true",
        help="list articles that have the same text, and near copies, such as one agency's report in two papers",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    add_store(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    from index.schema import open_catalog
    from index.snapshot import reading
    from qa.copies import list_copies
    from qa.status import read_status

    here = Path.cwd()
    store = choose_store(options.store, here)
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        status = read_status(store, snapshot)
        copies = list_copies(store, snapshot) if options.copies else None
    if status is None:
        raise NoIndexError(f"the index in {store.path} was never finished", "run qa index FOLDER")
    if options.json:
        print(_json(status, copies, here))
    else:
        print(_text(status, here) if copies is None else _copies_text(copies, here))
    return 0


def _json(status: "Status", copies: "Copies | None", here: Path) -> str:
    found = asdict(status)
    found["store"] = show_path(status.store, here)
    found["folders"] = [show_path(folder, here) for folder in status.folders]
    found["stale"] = bool(status.staleness)
    if copies is not None:
        found["copies"] = [[_copy(copy, here) for copy in group] for group in copies]
    return json.dumps(found)


def _copy(copy: "Copy", here: Path) -> dict[str, object]:
    return asdict(copy) | {"path": show_path(copy.path, here), "similarity": round(copy.similarity, 4)}


def _text(status: "Status", here: Path) -> str:
    copies = status.articles - status.texts
    run = status.last_run
    rows = [
        ("index", shown_path(status.store, here)),
        ("folders", ", ".join(shown_path(folder, here) for folder in status.folders)),
        ("excluded", ", ".join(map(sanitise, status.exclude))),
        ("articles", f"{status.articles:,}" + (f" ({copies:,} of them copies)" if copies else "")),
        ("passages", f"{status.passages:,}"),
        ("embedder", f"{sanitise(status.embedder)}, {status.dimensions} dimensions, {status.weights}"),
        (
            "vectors",
            f"generation {status.generation}" + (f", {status.loose:,} passages beside it" if status.loose else ""),
        ),
        ("search", f"{status.search_once} for one question, {status.search} in a chat"),
        (
            "size",
            f"catalog {_megabytes(status.catalog_bytes)}, vectors {_megabytes(status.vectors_bytes)},"
            f" model {_megabytes(status.model_bytes)}",
        ),
        ("last run", f"{datetime.fromtimestamp(run.began):%Y-%m-%d %H:%M}, {run.seconds:.1f} s{_left_out(run)}"),
        ("state", f"{status.staleness}: run qa index" if status.staleness else "up to date"),
    ]
    return "\n".join(f"{name:<9} {value}" for name, value in rows if value)


def _copies_text(groups: "Copies", here: Path) -> str:
    """Return a block a group: the title of its first article, then the place of each; and how many there are."""
    if not groups:
        return "no copies"
    blocks = []
    for first, *others in groups:
        lines = [sanitise_name(first.title), f"  {_place(first, here)}"]
        lines += [f"  {_place(c, here)}  {'same text' if c.same_text else f'{c.similarity:.0%}'}" for c in others]
        blocks.append("\n".join(lines))
    plural = "s" if len(groups) > 1 else ""
    total = f"{sum(map(len, groups)):,} articles in {len(groups):,} group{plural} of copies"
    return "\n\n".join([*blocks, total])


def _place(copy: "Copy", here: Path) -> str:
    record = f", record {copy.record}" if copy.record is not None else ""
    return shown_path(copy.path, here) + record


def _left_out(run: "RunReport") -> str:
    """Say how many files a run did not index: `qa index` names them."""
    counts = ((run.failed, "failed"), (run.skipped, "skipped"))
    return "".join(f", {count:,} {what}" for count, what in counts if count)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
