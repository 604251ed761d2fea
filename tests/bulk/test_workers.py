"""Workers that are there already do the work; one report that ends every worker costs itself alone."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psutil
import pytest
from distributed import KilledWorker, LocalCluster

from onrecord.bulk import running
from onrecord.bulk.cluster import local
from onrecord.bulk.handing import Waiting, handed, outcome
from onrecord.bulk.manifest import Header
from onrecord.bulk.pieces import Part
from onrecord.bulk.running import Done, Left, bulk
from onrecord.bulk.work import Job, Made, made
from onrecord.errors import ClusterError, RecordError

from .samples import annotated_lines, errors, in_this_process, parquet_lines, wire, workers


def test_a_report_that_ends_every_worker_is_told_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(7)), tmp_path / "out"

    def deadly(part: Part, job: Job) -> Made:
        if any(b"camp 4" in path.read_bytes()[piece.start : piece.stop] for piece in part.pieces):
            raise KilledWorker("made", cast(Any, SimpleNamespace(address="tcp://gone")), 3)
        return made(part, job)

    monkeypatch.setattr(running, "made", deadly)
    monkeypatch.setattr(running, "connected", in_this_process)
    news = list(bulk([path], out, models=False))
    assert sum(one.entered.reports for one in news if isinstance(one, Done)) == 6
    assert errors(out) == {("wire.jsonl", "every worker that read it ended, perhaps for want of memory")}
    every = annotated_lines(path, options=("--no-models",))
    (missing,) = (every - parquet_lines(out)).elements()
    assert "camp 4" in missing


def test_a_defect_in_one_report_costs_that_report_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import onrecord.annotators.reading as reading

    path, out, whole = wire(tmp_path / "wire.jsonl", range(4)), tmp_path / "out", reading.annotated

    def faulty(report, settings):  # type: ignore[no-untyped-def]
        if "camp 2" in report.text:
            raise RecursionError("too deep")
        return whole(report, settings)

    monkeypatch.setattr(running, "connected", in_this_process)
    monkeypatch.setattr(reading, "annotated", faulty)
    list(bulk([path], out, models=False))
    assert errors(out) == {("wire.jsonl:3", "it could not be read (RecursionError: too deep)")}
    assert parquet_lines(out).total() == 3


def test_a_file_that_changes_under_the_work_is_left_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(3)), tmp_path / "out"

    def changed(part: Part, job: Job) -> Made:
        wire(path, range(1, 4))
        return made(part, job)

    monkeypatch.setattr(running, "connected", in_this_process)
    monkeypatch.setattr(running, "made", changed)
    (left,) = (one for one in bulk([path], out, models=False) if isinstance(one, Left))
    assert "not what it was" in str(left.error)
    monkeypatch.setattr(running, "made", made)
    list(bulk([path], out, models=False))
    assert parquet_lines(out) == annotated_lines(path, options=("--no-models",))


def test_the_workers_of_a_cluster_do_the_work(tmp_path: Path) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(5)), tmp_path / "out"
    with LocalCluster(n_workers=1, threads_per_worker=2, processes=False, protocol="tcp",
                      dashboard_address="127.0.0.1:0") as cluster:  # fmt: skip
        list(bulk([path], out, models=False, scheduler=cluster.scheduler_address, part_reports=2))
        assert len(cluster.scheduler.workers) == 1
    assert parquet_lines(out) == annotated_lines(path, options=("--no-models",))


def test_a_scheduler_that_goes_away_is_said_and_what_was_done_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = wire(tmp_path / "wire.jsonl", range(6)), tmp_path / "out"
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, protocol="tcp",
                           dashboard_address="127.0.0.1:0")  # fmt: skip
    monkeypatch.setattr("onrecord.bulk.cluster.PATIENCE", 2)
    news = bulk([path], out, models=False, scheduler=cluster.scheduler_address, part_reports=1)
    assert not isinstance(next(news), Done)
    assert isinstance(next(news), Done)
    cluster.close()
    with pytest.raises(ClusterError, match="scheduler is gone"):
        list(news)
    assert parquet_lines(out).total() >= 1


def test_a_worker_with_other_software_is_refused() -> None:
    header = Header("onrecord-parquet/2", "onrecord 9", (), "{}", "0" * 64, None, None)
    with pytest.raises(ClusterError, match="other software"):
        made(Part(()), Job("/no/such", header, models=False))


def test_a_disk_that_takes_no_more_stops_the_run_with_a_line(tmp_path: Path) -> None:
    from onrecord.annotators.settings import Settings
    from onrecord.bulk.planning import size_for, undone
    from onrecord.record.provenance import current_run

    (tmp_path / "out").write_text("a file where the folder should be")
    run = current_run(Settings(models=False))
    header = Header("onrecord-parquet/2", run.software, run.models, run.settings, run.digest, None, None)
    path = wire(tmp_path / "wire.jsonl", range(1))
    (part,) = undone(_Empty(), [str(path)], size_for(1, 1, 500))  # type: ignore[arg-type]
    with pytest.raises(RecordError, match="cannot be written"):
        made(part, Job(str(tmp_path / "out"), header, models=False))


class _Empty:
    """A folder in which nothing is done."""

    parts: dict[str, object] = {}  # noqa: RUF012


def test_each_worker_leaves_ctrl_c_to_the_command_and_so_does_one_started_for_it() -> None:
    def deaf() -> bool:
        return signal.getsignal(signal.SIGINT) is signal.SIG_IGN

    with local(2) as client:
        first = client.run(deaf)
        assert list(first.values()) == [True, True]
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        for _ in range(300):
            now = list(client.scheduler_info(n_workers=-1)["workers"])
            if len(now) == 2 and set(now) != set(first):
                break
            time.sleep(0.1)
        assert list(client.run(deaf, workers=now).values()) == [True, True]


def test_a_worker_killed_as_it_starts_is_started_again() -> None:
    killed, ended = list[int](), threading.Event()

    def kill() -> None:
        while not killed and not ended.is_set():
            for victim in workers():
                with contextlib.suppress(psutil.Error):
                    victim.kill()
                    killed.append(victim.pid)
            time.sleep(0.01)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with local(2) as client:
            assert killed
            assert not {*client.run(os.getpid).values()} & {*killed}
    finally:
        ended.set()
        killer.join()


def test_what_a_killed_worker_had_done_is_done_again_by_another() -> None:
    def where() -> int:
        time.sleep(0.3)
        return os.getpid()

    with local(2) as client:
        for _, future in handed(client, Waiting(iter(["it"])), lambda _: client.submit(where)):
            assert future.status == "finished"
            (address,) = client.who_has(future)[future.key]
            killed = client.run(os.getpid, workers=[address])[address]
            os.kill(killed, signal.SIGKILL)
            for _ in range(300):
                if future.status != "finished":
                    break
                time.sleep(0.01)
            assert outcome(future) not in (killed, None)


def test_an_error_of_the_work_is_its_outcome_even_one_of_the_system() -> None:
    def fails() -> None:
        raise ConnectionError("the work's own")

    with in_this_process(None, None) as client:
        for _, future in handed(client, Waiting(iter(["it"])), lambda _: client.submit(fails)):
            assert isinstance(outcome(future), ConnectionError)
