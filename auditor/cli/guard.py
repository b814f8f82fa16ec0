"""Every failure ends here: one sentence on stderr, the promised exit code, never a traceback and never a raw value."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from auditor.errors import AuditorError, ExitCode, InterruptionError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def guarded(command: Callable[[], object]) -> NoReturn:
    """Run the command line and exit; a broken pipe of the reader ends it quietly."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        command()
    except AuditorError as error:
        _say(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("Interrupted: nothing was judged.")
        sys.exit(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitCode.COULD_NOT_JUDGE)
    except MemoryError:
        _say("There was not enough memory to finish. Use fewer workers (--workers 1).")
        sys.exit(ExitCode.COULD_NOT_JUDGE)
    except Exception as error:  # noqa: BLE001  the last net: the text of an unknown error may hold a value, so only its place is kept
        _say(f"auditor stopped on an internal error ({type(error).__name__}) and judged nothing.{_keep(error)}")
        sys.exit(ExitCode.COULD_NOT_JUDGE)
    sys.exit(ExitCode.NOTHING_BLOCKS)


def _interrupt(signum: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001  the signature of a signal handler
    msg = "Interrupted: nothing was judged."
    raise InterruptionError(msg)


def _say(text: str) -> None:
    sys.stderr.write(f"auditor: {text}\n")


def _keep(error: Exception) -> str:
    """Write where the error arose, without its message and without local values, and say where that file is."""
    frames = "".join(f"{f.filename}:{f.lineno} in {f.name}\n" for f in traceback.extract_tb(error.__traceback__))
    path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "auditor" / "crash.log"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(f"{type(error).__name__}\n{frames}", encoding="utf-8")
    except OSError:
        return ""
    return f" Please report it with {path}, which holds no content of your repository."
