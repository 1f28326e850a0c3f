"""Clean a data set with Apache Spark: spark-submit clean.py CHAFF INPUT OUTPUT

INPUT is JSON Lines with a field `text`, OUTPUT a folder that must not be there yet. Each partition runs through one `chaff clean`;
a process that fails, or is killed, fails its task, and Spark runs that task again from the partition's first line.
"""
import shlex
import sys

from pyspark import SparkContext


def main(chaff, source, target):
    context = SparkContext(appName="chaff clean")
    pages = context.textFile(source, minPartitions=8)
    command = f"{shlex.quote(chaff)} clean --input jsonl"
    # checkCode: without it, Spark takes what a dead process left behind for the whole result.
    pages.pipe(command, checkCode=True).saveAsTextFile(target)
    context.stop()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
