"""Kill index runs, ask what they left, complete it, and hold the result against an index never disturbed."""

import random
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import NoIndexError
from tests.measure.faults.asking import misanswers
from tests.measure.faults.holding import (
    BrokenPromiseError,
    Contents,
    damages,
    differences,
    hold,
    leftovers,
    read_contents,
)
from tests.measure.faults.moments import Durations, Moment, Write, spread
from tests.measure.faults.scenes import Scene, Victim, copy_scene, run, store_at
from tests.measure.faults.victim import read_durations

RANDOM = "random moments"
REAL_RANDOM = "random moments, with the real model"
_MOST_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Tally:
    """What was survived: kills by their write or kind, and what was published when they came."""

    kills: Counter[str]
    published: Counter[str]


class Killer:
    """Kill runs in scenes; `work` is for the places. Several threads may use one."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._looking = threading.Lock()  # one Chroma at a time
        self._numbers = iter(range(1_000_000))
        self.tally = Tally(Counter(), Counter())
        self.seconds: dict[str, float] = {}
        """What a run that was not disturbed took in each scene."""

    def count_operations(self, scene: Scene) -> Durations:
        """Return the operations of a run that is not disturbed, which has to do as it should."""
        here = self._place(scene)
        durations = here / "durations"
        began = time.perf_counter()
        run(replace(scene.order(here), durations=durations), "nothing")
        self.seconds[scene.name] = time.perf_counter() - began
        counted = read_durations(durations)
        self.hold_completed(scene, here, "nothing")
        shutil.rmtree(here)
        return counted

    def kill_at(self, scene: Scene, moment: Moment) -> None:
        """Kill a run at a moment of its writes; hold what a user is promised of it, and of the next run."""
        here = self._place(scene)
        after = f"{moment} in {scene.name} ({here})"
        status = Victim(scene.order(here, moment)).wait()
        said = (here / "said").read_text(encoding="utf-8")
        if status != -signal.SIGKILL or "Traceback" in said:
            raise BrokenPromiseError(f"{after}: the run was not killed, but left with {status}: {said}")
        self._hold_committed(scene, here, after)
        self._complete(scene, here, after)
        self.tally.kills[moment.write] += 1

    def kill_after(self, scene: Scene, delays: Sequence[float]) -> None:
        """Kill a run, and those that take it up, each so many seconds after its start; hold as `kill_at` does."""
        here = self._place(scene)
        after = f"kills after {', '.join(f'{delay:.3f} s' for delay in delays)} in {scene.name} ({here})"
        for delay in delays:
            victim = Victim(scene.order(here))
            victim.wait(delay)
            status = victim.kill()
            if status not in (0, -signal.SIGKILL):
                raise BrokenPromiseError(f"{after}: a run left with {status}")
            if status:
                self.tally.kills[RANDOM if scene.hashing else REAL_RANDOM] += 1
            self._hold_committed(scene, here, after)
        self._complete(scene, here, after)

    def _place(self, scene: Scene) -> Path:
        return copy_scene(scene, self._work / f"{next(self._numbers):04d}")

    def _hold_committed(self, scene: Scene, here: Path, after: str) -> None:
        """Hold that the index is the one before or the one after, whole, and answers."""
        store = store_at(here)
        with self._looking:
            try:
                found = read_contents(store)
            except NoIndexError:
                found = Contents.none()
            before, now = (not any(differences(found, wanted)) for wanted in scene.contents)
            if not before and not now:
                hold(differences(found, scene.contents[0]), f"{after}: neither the old nor the new index")
            self.tally.published["new" if now else "old"] += 1
            if found.articles:
                hold(damages(store), after)
                hold(misanswers(store, scene.states[now], scene.facts, hashing=scene.hashing), after)

    def _complete(self, scene: Scene, here: Path, after: str) -> None:
        """Have the next run complete what was begun."""
        run(scene.completing(here), after)
        self.hold_completed(scene, here, after)
        shutil.rmtree(here)

    def hold_completed(self, scene: Scene, here: Path, after: str) -> None:
        """Hold that the index is as one that was never disturbed, answers, and that nothing else is left."""
        store, now = store_at(here), f"{after} and a run to its end"
        with self._looking:
            hold(differences(read_contents(store), scene.contents[1]), now)
            hold(damages(store), now)
            hold(misanswers(store, scene.states[1], scene.facts, hashing=scene.hashing), now)
            hold(leftovers(store), now)


def named_kills(
    killer: Killer, scenes: Iterable[tuple[Scene, Sequence[Write]]], kills: int
) -> list[Callable[[], None]]:
    """Return the kills at some writes of each scene, `kills` at each write, ready to be called."""
    ready: list[Callable[[], None]] = []
    for scene, writes in scenes:
        counted = killer.count_operations(scene)
        for write in writes:
            for moment in spread(write, counted[write], kills):
                ready.append(lambda scene=scene, moment=moment: killer.kill_at(scene, moment))  # type: ignore[misc]
    return ready


def random_kills(killer: Killer, scenes: Sequence[Scene], kills: int, *, seed: int) -> list[Callable[[], None]]:
    """Return kills at random moments within what a run was measured to take, up to three before one may complete."""
    draw = random.Random(seed)
    ready: list[Callable[[], None]] = []
    while kills > 0:
        scene = scenes[len(ready) % len(scenes)]
        seconds = killer.seconds[scene.name]
        delays = [draw.uniform(0, seconds) for _ in range(min(kills, draw.randint(1, _MOST_IN_A_ROW)))]
        kills -= len(delays)
        ready.append(lambda scene=scene, delays=delays: killer.kill_after(scene, delays))  # type: ignore[misc]
    return ready


def run_all(ready: Sequence[Callable[[], None]], *, at_once: int, tell: Callable[[int], None]) -> None:
    """Call all, several at once; the first broken promise is raised, and none is begun after it."""
    broken = threading.Event()

    def call(each: Callable[[], None]) -> None:
        if broken.is_set():
            return
        try:
            each()
        except BaseException:
            broken.set()
            raise

    with ThreadPoolExecutor(at_once) as pool:
        for done, future in enumerate([pool.submit(call, each) for each in ready], start=1):
            future.result()
            tell(done)
