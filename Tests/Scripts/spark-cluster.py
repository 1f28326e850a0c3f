#!/usr/bin/env python3
"""Run both Spark jobs on a cluster of two workers on this machine, and compare with one machine: spark-cluster.py CHAFF DATA

DATA is TrainingData. Needs Java 17 and the package pyspark in the Python that runs this. In each job a `chaff` is killed in the middle
of a partition, and another one takes its whole executor along. The results must be those of one machine, to the byte: no row lost,
none doubled.
"""
import filecmp
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

import pyspark

from labelled import pages as read_pages

SPARK = os.path.dirname(pyspark.__file__)
JOBS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Spark")
DEADLINE = 120  # seconds until a master or a worker must be there

# The first to come dies in the middle of its work; the second takes the Java process above it along; the others work.
FRAGILE = """#!/bin/bash
chaff={chaff} marks={marks}
if mkdir "$marks/killed" 2>/dev/null; then
  head -c 20000 | head -n 3 | "$chaff" "$@"
  kill -9 $$
fi
if mkdir "$marks/executor" 2>/dev/null; then
  head -c 20000 | head -n 3 | "$chaff" "$@"
  process=$$
  while [ "$(cat "/proc/$process/comm")" != java ]; do process=$(awk '{{ print $4 }}' "/proc/$process/stat"); done
  kill -9 "$process" $$
fi
exec "$chaff" "$@"
"""


def free_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


class Cluster:
    """A standalone master and two workers of one core, on 127.0.0.1."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.environment = dict(os.environ, SPARK_HOME=SPARK, SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable,
                                SPARK_NO_DAEMONIZE="1", SPARK_DAEMON_MEMORY="256m", TZ="UTC")
        port = free_port()
        self.url = f"spark://127.0.0.1:{port}"
        self.start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0",
                   until="New state: ALIVE")
        for number in (1, 2):
            self.start(f"worker{number}", "org.apache.spark.deploy.worker.Worker", self.url, "--host", "127.0.0.1", "--cores", "1",
                       "--memory", "700m", "--webui-port", "0", "--work-dir", os.path.join(folder, f"work{number}"),
                       until="Successfully registered with master")

    def start(self, name, *words, until):
        log = os.path.join(self.folder, name + ".log")
        with open(log, "wb") as file:
            self.processes.append(subprocess.Popen([os.path.join(SPARK, "bin", "spark-class"), *words], stdout=file, stderr=file,
                                                   env=self.environment, start_new_session=True))
        end = time.monotonic() + DEADLINE
        while until not in open(log, encoding="utf-8", errors="replace").read():
            if time.monotonic() > end or self.processes[-1].poll() is not None:
                sys.exit(f"{name} did not start:\n" + open(log, encoding="utf-8", errors="replace").read())
            time.sleep(0.2)

    def submit(self, job, *words):
        """Runs a job; what Spark logged."""
        command = [os.path.join(SPARK, "bin", "spark-submit"), "--master", self.url, "--conf", "spark.driver.host=127.0.0.1",
                   "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.ui.enabled=false", "--executor-memory", "512m",
                   "--driver-memory", "512m", os.path.join(JOBS, job), *words]
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0:
            sys.exit(f"{job} ended with {done.returncode}:\n{text}")
        return text

    def stop(self):
        for process in reversed(self.processes):
            os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            process.wait()


def write_data(source, folder):
    """Labelled JSON Lines of a corpus, and its pages as texts, a few times each."""
    files = sorted(os.path.join(root, name) for root, _, names in os.walk(source) for name in names
                   if name.endswith(".tsv") and "/parts" not in root)
    pages = [page for file in files for page in read_pages(file)][:300]
    labelled, texts = os.path.join(folder, "labelled.jsonl"), os.path.join(folder, "pages.jsonl")
    with open(labelled, "w", encoding="utf-8") as file:
        for number, page in enumerate(pages):
            for label, text in page:
                row = {"label": label, "text": text}
                if number % 10:  # every tenth page as rows that stand alone
                    row["page"] = f"page {number // 2}"
                    row["site"] = f"site {number % 2}"  # tells apart pages of one name
                file.write(json.dumps(row, ensure_ascii=number % 2 == 0) + "\n")
    with open(texts, "w", encoding="utf-8") as file:
        for copy in range(5):
            for number, page in enumerate(pages):
                text = "\n".join(text for _, text in page)
                file.write(json.dumps({"id": f"{copy}-{number}", "text": text, "n": number}, ensure_ascii=copy % 2 == 0) + "\n")
    return labelled, texts


def same(result, expected, what):
    if not filecmp.cmp(result, expected, shallow=False):
        sys.exit(f"{what}: not the bytes of one machine")
    print(f"ok: {what}: the bytes of one machine", flush=True)


def fragile(chaff, folder, name):
    """A chaff that fails twice; and the folder that shows that it did."""
    marks, script = os.path.join(folder, name + "-marks"), os.path.join(folder, name + "-chaff")
    os.mkdir(marks)
    with open(script, "w") as file:
        file.write(FRAGILE.format(chaff=chaff, marks=marks))
    os.chmod(script, 0o755)
    return script, marks


def check_failed(marks, log, what):
    if sorted(os.listdir(marks)) != ["executor", "killed"]:
        sys.exit(f"{what}: nothing was killed")
    lost = len(re.findall(r"Lost task", log))
    if lost < 2 or "Lost executor" not in log:
        sys.exit(f"{what}: Spark did not notice what was killed:\n{log}")
    print(f"ok: {what}: {lost} tasks and an executor were lost, and run again", flush=True)


def main(chaff, source):
    chaff = os.path.abspath(chaff)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        labelled, texts = write_data(source, folder)
        path = lambda name: os.path.join(folder, name)
        with open(path("cleaned"), "wb") as file:
            subprocess.run([chaff, "clean", texts], stdout=file, check=True)
        subprocess.run([chaff, "train", labelled, "--output", path("model")], stdout=subprocess.DEVNULL, check=True)
        cluster = Cluster(folder)
        try:
            for job, data, expected in (("clean.py", texts, "cleaned"), ("train.py", labelled, "model")):
                program, marks = fragile(chaff, folder, expected)
                target = path(f"spark-{expected}")
                log = cluster.submit(job, program, data, target)
                check_failed(marks, log, job)
                if job == "clean.py":
                    parts = sorted(part for part in os.listdir(target) if part.startswith("part-"))
                    with open(target + ".jsonl", "wb") as file:
                        for part in parts:
                            file.write(open(os.path.join(target, part), "rb").read())
                    target += ".jsonl"
                same(target, path(expected), job)
        finally:
            cluster.stop()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
