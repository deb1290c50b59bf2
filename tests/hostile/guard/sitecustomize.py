"""Imported by every Python that is started with this folder on its path: nothing is sent, and what tries is told of.

Functions are replaced rather than audited: a hook is called for every `id()` too, and an export makes millions.
"""

import os
import socket
import traceback
from collections.abc import Callable
from typing import Any

_LOCAL = getattr(socket, "AF_UNIX", None)


def _guarded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        if arguments and isinstance(arguments[0], socket.socket) and arguments[0].family == _LOCAL:
            return function(*arguments, **options)
        with open(os.environ["QA_TEST_SENT"], "a", encoding="utf-8") as file:  # noqa: PTH123 - nothing else is loaded
            file.write(f"tried {name} {arguments!r}\n{''.join(traceback.format_stack(limit=20))}\n")
        raise OSError("nothing is sent from here")

    return call


for _name in ("connect", "connect_ex", "sendto", "sendmsg"):
    setattr(socket.socket, _name, _guarded(_name, getattr(socket.socket, _name)))
for _name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
    setattr(socket, _name, _guarded(_name, getattr(socket, _name)))
