#!/usr/bin/env python3
"""Measure what sizing a job needs, and do the arithmetic: sizing.py CHAFF DATA [PAGES]

Processor time and peak memory of `classify` and `clean` on JSON Lines, of `count`, and of `merge`, on the labelled pages of DATA; then
core-hours for PAGES pages (3 billion). Processor time, not the clock's: a loaded machine changes it little.
"""
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile

from labelled import pages as read_pages

REPEATS = 20  # so that starting up is small beside the work


def run(words, output=subprocess.DEVNULL):
    """Processor seconds and peak memory in MiB of a process."""
    process = subprocess.Popen(words, stdout=output)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{words} ended with {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write(data, path):
    """Writes the texts of labelled pages as JSON Lines, a few times each; how many pages, lines and bytes they are."""
    names = sorted(os.path.join(root, name) for root, _, found in os.walk(data) for name in found if name.endswith(".tsv"))
    pages = [page for name in names for page in read_pages(name)]
    texts = ["\n".join(text for _, text in page) + "\n" for page in pages]
    with open(path, "w", encoding="utf-8") as file:
        for _ in range(REPEATS):
            for text in texts:
                file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    return len(pages), sum(map(len, pages)), sum(len(text.encode()) for text in texts)


def main(chaff, data, count):
    with tempfile.TemporaryDirectory() as folder:
        source, part, model = (os.path.join(folder, name) for name in ("pages.jsonl", "part", "model"))
        # In a process of its own: Linux counts the memory of a process that starts another to the peak of that other.
        with multiprocessing.Pool(1) as pool:
            pages, lines, size = pool.apply(write, (data, source))
        print(f"{pages:,} pages, {lines:,} lines, {size / 1e6:.1f} MB of text: "
              f"{lines / pages:.0f} lines and {size / pages:,.0f} bytes a page")
        speeds = {}
        print(f"{'verb':10s} {'lines/s a core':>15s} {'MB/s a core':>12s} {'peak MiB':>9s}")
        for verb, words, times in (("classify", ["classify", source], REPEATS), ("clean", ["clean", source], REPEATS),
                                   ("count", ["count", data, "--output", part], 1),
                                   ("merge", ["merge", part, "--output", model], 1)):
            seconds, memory = min(run([chaff, *words]) for _ in range(3))
            speeds[verb] = times * size / seconds
            print(f"{verb:10s} {times * lines / seconds:15,.0f} {speeds[verb] / 1e6:12.1f} {memory:9.0f}")
        print(f"{'part file':10s} {os.path.getsize(part) / lines:15.0f} bytes a line")
        for bytes_a_page in (size / pages, 7_000):
            hours = count * bytes_a_page / speeds["clean"] / 3600
            print(f"clean {count:,} pages of {bytes_a_page:,.0f} bytes: {count * bytes_a_page / 1e12:.1f} TB / "
                  f"{speeds['clean'] / 1e6:.1f} MB/s = {hours:,.0f} core-hours")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) == 4 else 3_000_000_000)
