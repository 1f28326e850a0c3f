"""Train a model with Apache Spark: spark-submit train.py CHAFF INPUT MODEL

INPUT is labelled JSON Lines (`label`, `text`, and `page`, perhaps with `site`, for the lines of a whole page). Each partition is counted where it lies, by
one `chaff count`; the driver merges the part files. The model is the same, byte for byte, as `chaff train INPUT` makes.
"""
import json
import os
import subprocess
import sys
import tempfile

from pyspark import SparkContext


def page_of(numbered):
    """The page of a row, and the row with its place; a row without a page is a part of its own."""
    row, place = numbered
    members = json.loads(row)
    page = members.get("page")
    return ("part", place) if page is None else ("page", page, members.get("site")), (place, row)


def count(chaff):
    """Rows of a partition's pages in, the bytes of its part file out."""

    def run(pages):
        rows = "".join(row + "\n" for _, page in pages for _, row in sorted(page))
        if rows:
            words = [chaff, "count", "-", "--output", "-"]
            yield subprocess.run(words, input=rows.encode(), stdout=subprocess.PIPE, check=True).stdout

    return run


def main(chaff, source, model):
    context = SparkContext(appName="chaff train")
    rows = context.textFile(source, minPartitions=4).zipWithIndex()
    # All lines of a page go to one partition, in their order: the chain learns from neighbours.
    parts = rows.map(page_of).groupByKey(4).mapPartitions(count(chaff)).collect()
    context.stop()
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, f"{number}.chaffpart") for number in range(len(parts))]
        for name, part in zip(names, parts):
            with open(name, "wb") as file:
                file.write(part)
        subprocess.run([chaff, "merge", *names, "--output", model], check=True)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
