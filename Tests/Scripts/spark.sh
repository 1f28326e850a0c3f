#!/usr/bin/env bash
# Run spark-cluster.py with a Spark that is installed for it and taken away again: spark.sh CHAFF DATA
# Java 17 comes from Debian where it is missing. Where pip cannot reach an index there is no Spark, and nothing is run.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 64; }
scripts=$(cd "$(dirname "$0")" && pwd)
version=4.0.1

if ! java -version 2>&1 | grep -q 'version "17'; then
  apt-get update -q && apt-get install -y -q openjdk-17-jre-headless
  JAVA_HOME=$(dirname "$(dirname "$(find /usr/lib/jvm -path '*17*/bin/java' | head -n 1)")")
  export JAVA_HOME
fi
if ! python3 -c 'import pyspark' 2>/dev/null; then
  packages=$(mktemp -d)
  trap 'rm -rf "$packages"' EXIT
  start=$SECONDS
  if ! python3 -m pip install -q --no-cache-dir --target "$packages" "pyspark==$version"; then
    if python3 -m pip index versions py4j >/dev/null 2>&1; then
      echo "spark: pip cannot install pyspark $version, though it reaches an index" >&2
      exit 1
    fi
    echo "skipped: Spark is not installed, and pip cannot reach an index to install it from"
    exit 0
  fi
  export PYTHONPATH="$packages${PYTHONPATH:+:$PYTHONPATH}"
  echo "pyspark $version: $((SECONDS - start)) s to install"
fi
python3 "$scripts/spark-cluster.py" "$1" "$2"
