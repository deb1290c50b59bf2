"""A real browser, to save pages as it does."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FOUND = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 60
_IS_THERE = "document.readyState === 'complete' && document.URL !== 'about:blank'"

needs_chromium = pytest.mark.skipif(_FOUND is None, reason="neither chromium nor google-chrome is on the path")


def dump_dom(page: Path, profile: Path) -> bytes:
    """Return the page as it is once its scripts have run, as HTML."""
    command = (str(_FOUND), *_OPTIONS, f"--user-data-dir={profile}", "--dump-dom", page.as_uri())
    return subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=True
    ).stdout


def save_mhtml(page: Path, profile: Path) -> bytes:
    """Return what the browser saves of the page as a single file."""
    with _browser(profile) as browser:
        target = browser.call("Target.createTarget", url=page.as_uri())["targetId"]
        session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        patience = time.monotonic() + _PATIENCE
        while not browser.call("Runtime.evaluate", session, expression=_IS_THERE)["result"]["value"]:
            assert time.monotonic() < patience
            time.sleep(0.05)
        snapshot: str = browser.call("Page.captureSnapshot", session, format="mhtml")["data"]
        browser.call("Browser.close")
    return snapshot.encode()


class _Browser:
    """The DevTools protocol over two pipes: JSON, with a NUL after each message."""

    def __init__(self, requests: int, replies: int) -> None:
        self._requests = requests
        self._replies = replies
        self._read = b""
        self._last = 0

    def call(self, method: str, session: str | None = None, **parameters: object) -> dict[str, Any]:
        """Return the result of a method."""
        self._last += 1
        message: dict[str, object] = {"id": self._last, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self._requests, json.dumps(message).encode() + b"\0")
        while (reply := self._reply()).get("id") != self._last:
            pass
        result: dict[str, Any] = reply["result"]
        return result

    def _reply(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._replies, 1 << 16)
            assert more, "the browser ended"
            self._read += more
        message, _, self._read = self._read.partition(b"\0")
        reply: dict[str, Any] = json.loads(message)
        return reply


@contextmanager
def _browser(profile: Path) -> Iterator[_Browser]:
    """Run a browser that reads requests from its file 3 and writes replies to its file 4."""
    requests, to_browser = os.pipe()
    from_browser, replies = os.pipe()

    def place() -> None:
        kept = os.dup(requests), os.dup(replies)
        os.dup2(kept[0], 3)
        os.dup2(kept[1], 4)

    command = (str(_FOUND), *_OPTIONS, f"--user-data-dir={profile}", "--remote-debugging-pipe")
    process = subprocess.Popen(
        command, preexec_fn=place, pass_fds=(3, 4), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(requests)
    os.close(replies)
    try:
        yield _Browser(to_browser, from_browser)
        process.wait(_PATIENCE)
    finally:
        process.kill()
        process.wait()
        os.close(to_browser)
        os.close(from_browser)
