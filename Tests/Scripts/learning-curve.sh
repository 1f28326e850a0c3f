#!/usr/bin/env bash
# What more training pages bring: learning-curve.sh CHAFF DATA LABELLED…
# Trains on a quarter, a half, three quarters and all of DATA's files (whole pages; parts always, and once left out) and
# evaluates on each LABELLED file.
set -euo pipefail
chaff=$1 data=$2
shift 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

run() { # name, awk condition on the number of the file
  rm -rf "$scratch/data"
  (cd "$data" && find . -name '*.tsv' | LC_ALL=C sort) | awk "$2" | while read -r file; do
    mkdir -p "$scratch/data/$(dirname "$file")"
    cp "$data/$file" "$scratch/data/$file"
  done
  "$chaff" train "$scratch/data" --output "$scratch/model" > "$scratch/summary"
  printf '%-14s %s' "$1" "$(awk '/^pages/ {print $2} /^rows/ {print $2}' "$scratch/summary" | paste -sd' ')"
  for labelled in "$@"; do
    [ -f "$labelled" ] || continue
    "$chaff" evaluate "$labelled" --model "$scratch/model" --json | python3 -c '
import json, sys
part = json.load(sys.stdin)["categories"]
print("  %.4f %.4f" % (part["accuracy"], part["macro_f1"]), end="")'
  done
  echo
}

echo "share          pages rows  accuracy macro-F1 for each of: $*"
run "25 %" '/parts/ || NR % 4 == 0' "$@"
run "50 %" '/parts/ || NR % 2 == 0' "$@"
run "75 %" '/parts/ || NR % 4 != 0' "$@"
run "100 %" '1' "$@"
run "without parts" '!/parts/' "$@"
