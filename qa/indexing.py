"""Run an index run for a command, and say in words what it did."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from index.build import update_index
from index.compaction import Compaction
from index.inputs import BuildOptions
from index.lost_folders import LeftOut
from index.preview import Preview
from index.run import RunResult
from index.skipped import Skipped
from index.store import Store
from qa.opening import notify
from qa.progress import standard_progress
from qa.sanitise import sanitise
from qa.show_path import shown_path
from qa.stopping import stopping_in_order

_MOST_LISTED = 20


def build(store: Store, *, roots: tuple[Path, ...]) -> RunResult:
    """Make the index equal to its folders, or to `roots` where there are any."""
    return run(store, BuildOptions(roots=roots))


def run(store: Store, options: BuildOptions) -> RunResult:
    """Run with progress and notices on standard error; a signal that ends the process stops the run in order."""
    with stopping_in_order():
        return update_index(store, options, notify=notify, progress=standard_progress())


def result_lines(result: RunResult, here: Path) -> Iterator[str]:
    """Yield what a user should know of a run: files that were left out, failed or needed a guess, and the count."""
    yield from skipped_lines(result.skipped, here)
    yield from failure_lines(result, here)
    if result.left_out is not None:
        yield left_out_line(result.left_out, here, leave="left")
    if result.compaction is not None:
        yield compaction_line(result.compaction)
    yield summary(result)


def failure_lines(result: RunResult, here: Path) -> Iterator[str]:
    """Yield a line for each file that failed or needed a guess."""
    for kind, listed in (("could not read", result.failures), ("read", result.warnings)):
        for failure in listed[:_MOST_LISTED]:
            yield f"{kind} {shown_path(failure.path, here)}: {sanitise(failure.reason)}"
        if len(listed) > _MOST_LISTED:
            yield f"… and {len(listed) - _MOST_LISTED} more"


def summary(result: RunResult) -> str:
    """Return one line of what a run did."""
    report = result.report
    counts = (
        (report.added, "added"),
        (report.changed, "changed"),
        (report.renamed, "renamed"),
        (report.removed, "removed"),
        (report.unchanged, "unchanged"),
        (report.failed, "failed"),
    )
    done = ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing to do"
    skipped = result.skipped.total()
    return f"{done}" + (f"; {skipped} skipped" if skipped else "") + f" ({report.seconds:.1f} s)"


def left_out_line(left_out: LeftOut, here: Path, *, leave: str) -> str:
    """Return one line about articles that leave the index since their folder is not named any more."""

    def shown(paths: tuple[Path, ...]) -> list[str]:
        return [shown_path(path, here) for path in paths]

    files = f"{left_out.files:,} file{'s' if left_out.files > 1 else ''}"
    why = f"only {', '.join(shown(left_out.named))} was named, and not {', '.join(shown(left_out.folders))}"
    return f"{files} {leave} the index, since {why}: qa index {shlex.join(shown(left_out.together))} takes all in"


def compaction_line(compaction: Compaction) -> str:
    """Return one line of what a compaction did."""
    sizes = f"{compaction.before / 1e6:,.1f} MB before, {compaction.after / 1e6:,.1f} MB now"
    if compaction.is_read:
        return f"compacted ({sizes}), but another process still reads what was deleted: close it, then run this again"
    return f"compacted: {sizes}; nothing of deleted articles is left"


def preview_lines(preview: Preview, here: Path) -> Iterator[str]:
    """Yield what a run would do: a line a file, and the counts."""
    yield from skipped_lines(preview.skipped, here)
    for failure in preview.failures:
        yield f"could not read {shown_path(failure.path, here)}: {sanitise(failure.reason)}"
    for what, paths in (("add", preview.added), ("change", preview.changed), ("remove", preview.removed)):
        for path in paths:
            yield f"would {what} {shown_path(path, here)}"
    for old, new in preview.renamed:
        yield f"would rename {shown_path(old, here)} to {shown_path(new, here)}"
    if preview.left_out is not None:
        yield left_out_line(preview.left_out, here, leave="would leave")
    counts = (
        (len(preview.added), "to add"),
        (len(preview.changed), "to change"),
        (len(preview.renamed), "to rename"),
        (len(preview.removed), "to remove"),
        (preview.unchanged, "to read again" if preview.anew else "unchanged"),
    )
    yield (
        ", ".join(f"{count} {what}" for count, what in counts if count) or "nothing to do"
    ) + " (nothing was changed)"


def skipped_lines(skipped: Skipped, here: Path) -> Iterator[str]:
    """Yield a table of the files that were left out: why, how many, and the first of them by name."""
    rows = [(reason, count, skipped.examples[reason]) for reason, count in skipped.counts.most_common()]
    widest = max((len(reason) for reason, _, _ in rows), default=0)
    for reason, count, paths in rows:
        named = ", ".join(shown_path(path, here) for path in paths)
        yield f"skipped  {sanitise(reason):<{widest}}  {count:>6,}  {named}{', …' if count > len(paths) else ''}"
