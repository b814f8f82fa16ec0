from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import TYPE_CHECKING

import psutil
import pytest

from auditor.model.blob import Blob
from auditor.model.coverage import Skipped
from auditor.sources.containers import Limits, expand, helper, isolated
from auditor.sources.containers.budget import Budget, CannotOpenError
from tests.sources.containers.builders import FORMATS

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext
    from multiprocessing.queues import SimpleQueue

TEXT = "planted text"


def read() -> list[bytes]:
    data = FORMATS["sqlite"](TEXT)
    return [item.data for item in expand(Blob("oid", len(data), data), Limits()) if isinstance(item, Blob)]


def own_helper() -> psutil.Process:
    return psutil.Process(helper._KEEPER.get()._process.pid)


def test_one_helper_serves_many_files() -> None:
    assert any(TEXT.encode() in data for data in read())
    first = own_helper().pid
    assert any(TEXT.encode() in data for data in read())
    assert own_helper().pid == first


def test_a_crash_loses_the_file_and_not_the_next_one() -> None:
    read()
    own_helper().send_signal(signal.SIGKILL)
    data = FORMATS["sqlite"](TEXT)
    lost = list(expand(Blob("oid", len(data), data), Limits()))
    assert [item.reason for item in lost if isinstance(item, Skipped)] == ["its reader failed (sqlite)"]
    assert any(TEXT.encode() in item for item in read())


def test_a_hang_ends_with_the_time_allowed() -> None:
    read()
    own_helper().suspend()
    data = FORMATS["sqlite"](TEXT)
    started = time.monotonic()
    lost = list(expand(Blob("oid", len(data), data), Limits(seconds=0.5)))
    assert time.monotonic() - started < 5
    assert [item.reason for item in lost if isinstance(item, Skipped)] == ["took longer than the bound allows"]
    assert any(TEXT.encode() in item for item in read())


def test_the_helper_starts_in_no_folder_of_ours_and_without_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("SECRET_OF_THE_CALLER", "x")
    helper._KEEPER.drop()
    read()
    process = own_helper()
    assert process.cwd() == "/"
    assert not {"PYTHONPATH", "SECRET_OF_THE_CALLER", "PATH", "HOME"} & set(process.environ())


def test_the_helper_ends_with_its_owner() -> None:
    read()
    process = own_helper()
    helper._KEEPER.drop()
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def _in_worker(answers: SimpleQueue[tuple[int, list[bytes]]]) -> None:
    answers.put((os.getpid(), read()))


@pytest.mark.parametrize("context", [multiprocessing.get_context("fork"), multiprocessing.get_context("spawn")])
def test_a_daemonic_worker_has_a_helper_of_its_own(context: ForkContext | SpawnContext) -> None:
    read()
    answers: SimpleQueue[tuple[int, list[bytes]]] = context.SimpleQueue()
    worker = context.Process(target=_in_worker, args=(answers,), daemon=True)
    worker.start()
    _, found = answers.get()
    worker.join()
    assert any(TEXT.encode() in data for data in found)
    assert any(TEXT.encode() in data for data in read())


def test_what_a_reader_raises_is_said_in_the_answer() -> None:
    frames = b"".join(isolated.answer("sqlite", Limits(), b"SQLite format 3\x00rubbish"))
    assert b"BROKEN" in frames
    with pytest.raises(CannotOpenError, match="broken"):
        list(helper.read("notebook", b'{"nbformat"', Budget(Limits())))
