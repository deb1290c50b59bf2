"""An index survives kills, signals, a crowd and churn; `tests/measure/faults` does the same for long."""

import shutil
import signal
from pathlib import Path

import pytest

from tests.measure.faults.churning import MOST_TIMES, churn, worst
from tests.measure.faults.folder import Mix
from tests.measure.faults.holding import differences, hold, read_contents
from tests.measure.faults.killing import Killer, random_kills
from tests.measure.faults.moments import Durations, Moment, Stage, Write, spread
from tests.measure.faults.scenes import EXPORT, Scene, Victim, copy_scene, run, set_scene, store_at
from tests.measure.faults.together import Crowd

MIX = Mix(added=6, changed=3, renamed=4, deleted=3, copied=1)
ARTICLES = 40
KILLS = 3
PREPARED = "stopped; {prepared}, and the same command goes on from there; the index is as it was before"
STATUSES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.fixture(scope="module")
def killer(tmp_path_factory: pytest.TempPathFactory) -> Killer:
    """Return what kills runs."""
    return Killer(tmp_path_factory.mktemp("killed"))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Return a folder that was changed since it was indexed."""
    return set_scene("change", tmp_path_factory.mktemp("scene"), articles=ARTICLES, mix=MIX, seed=1)


@pytest.fixture(scope="module")
def durations(killer: Killer, scene: Scene) -> Durations:
    """Return the operations of a run in `scene`."""
    return killer.count_operations(scene)


@pytest.fixture(scope="module")
def exporting(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Return a folder that was changed since it was indexed, and whose model is to be exported again."""
    work = tmp_path_factory.mktemp("exporting")
    return set_scene("export", work, articles=ARTICLES // 4, mix=Mix(added=1), seed=2, arguments=EXPORT)


@pytest.mark.parametrize("write", [write for write in Write if write is not Write.EXPORT])
def test_kill_at_a_write_loses_nothing(killer: Killer, scene: Scene, durations: Durations, write: Write) -> None:
    """Before, amid and after: what was committed is asked, the next run completes it, and all is as never disturbed."""
    moments = spread(write, durations[write], KILLS)
    assert {moment.stage for moment in moments} == set(Stage)
    for moment in moments:
        killer.kill_at(scene, moment)


def test_kill_at_an_export_loses_no_model(killer: Killer, exporting: Scene) -> None:
    """A model that is exported again is there after a kill, whole, and nothing else is in the end."""
    for moment in spread(Write.EXPORT, killer.count_operations(exporting)[Write.EXPORT], 2 * KILLS):
        killer.kill_at(exporting, moment)


def test_kills_at_random_moments_lose_nothing(killer: Killer, scene: Scene, durations: Durations) -> None:
    """Wherever a run is killed, and the run that takes it up, and the one after: the next completes it."""
    assert durations
    for kill in random_kills(killer, [scene], 2 * KILLS, seed=3):
        kill()


@pytest.mark.parametrize("number", STATUSES)
@pytest.mark.parametrize(
    ("write", "said"),
    [
        *((write, PREPARED) for write in (Write.STAGING, Write.PUBLICATION, Write.COPY, Write.VECTORS, Write.CLOSE)),
        (Write.SWEEP, "stopped; the index is up to date, and the next run clears up"),
    ],
)
def test_signal_at_a_write_stops_in_order(
    scene: Scene, durations: Durations, tmp_path: Path, number: signal.Signals, write: Write, said: str
) -> None:
    """A run that is told to end says what was done, leaves with its status, and nothing is half done."""
    here = copy_scene(scene, tmp_path / "here")
    moment = Moment(write, len(durations[write]) * 2 // 3, Stage.BEFORE)
    status = Victim(scene.order(here, moment, number=number)).wait()
    told = (here / "said").read_text(encoding="utf-8")
    prepared, _, _ = told.removeprefix("qa: stopped; ").partition(", ")
    assert told == f"qa: {said.format(prepared=prepared)}\n"
    assert status == STATUSES[number]
    found = read_contents(store_at(here))
    hold(differences(found, scene.contents[write is Write.SWEEP]), f"signal {number} at {write}")
    assert not (store_at(here).path / "writer.json").exists()


@pytest.mark.parametrize("number", STATUSES)
def test_signal_at_an_export_stops_in_order(
    killer: Killer, exporting: Scene, tmp_path: Path, number: signal.Signals
) -> None:
    """An export that is told to end leaves the model that was there, and the next run completes it."""
    here = copy_scene(exporting, tmp_path / "here")
    middle = len(killer.count_operations(exporting)[Write.EXPORT]) // 2
    status = Victim(exporting.order(here, Moment(Write.EXPORT, middle, Stage.AFTER), number=number)).wait()
    told = (here / "said").read_text(encoding="utf-8")
    assert told.endswith("qa: stopped; nothing is prepared yet; the index is as it was before\n")
    assert "Traceback" not in told
    assert status == STATUSES[number]
    hold(differences(read_contents(store_at(here)), exporting.contents[0]), f"signal {number} at an export")
    run(exporting.completing(here), "a signal at an export")
    killer.hold_completed(exporting, here, "a signal at an export")


def test_run_after_a_signal_goes_on(scene: Scene, killer: Killer, durations: Durations, tmp_path: Path) -> None:
    """What was prepared when a run was stopped is completed as after a kill."""
    here = copy_scene(scene, tmp_path / "here")
    for nth in (len(durations[Write.STAGING]) // 2, 0):
        moment = Moment(Write.PUBLICATION if not nth else Write.STAGING, nth, Stage.AFTER)
        assert Victim(scene.order(here, moment, number=signal.SIGTERM)).wait() == STATUSES[signal.SIGTERM]
    run(scene.completing(here), "signals")
    killer.hold_completed(scene, here, "signals")


@pytest.mark.parametrize("share", [0.5, 0.2])
def test_churn_keeps_every_passage_and_little_else(tmp_path: Path, share: float) -> None:
    """Round after round every passage is found by its own vector, and Chroma's folder is no twice a new one."""
    rounds = 2 if share == 0.5 else 8
    done = list(churn(tmp_path, articles=20, share=share, rounds=rounds, seed=4))
    assert len(done) == rounds
    assert worst(done) <= MOST_TIMES


@pytest.mark.real_model
def test_crowd_sees_whole_articles(tmp_path: Path, exported_models: Path) -> None:
    """Eight that ask, one that chats and two that index at once: no error, and no article is half seen."""
    shutil.copytree(exported_models, tmp_path / ".qa" / "models")
    crowd = Crowd(tmp_path, articles=10, seed=5)
    crowd.crowd(0.1)
    assert crowd.counts["questions"] > 0
    assert crowd.counts["new articles seen by an open chat"] > 0
