#!/usr/bin/env bash
# Measure a chaff on real labelled pages with an independent scorer, and hold it to floors: real-pages.sh CHAFF SHARED
# SHARED has eval/ and tools/score.py; it lies beside the checkout where the project is developed.
set -euo pipefail
chaff=$1 shared=$2
score=$shared/tools/score.py
eval=$shared/eval
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# 1. The article that the project was made for: its lines by category, and its body kept by `clean`.
"$chaff" classify "$eval/seed-article.txt" | grep -v '^$' | cut -f1 | cut -d/ -f1 > "$scratch/seed-predicted"
grep -v '^#' "$eval/seed-article.tsv" | cut -f1 | cut -d/ -f1 > "$scratch/seed-gold"
right=$(paste "$scratch/seed-gold" "$scratch/seed-predicted" | awk '$1 == $2' | wc -l)
echo "seed article: $right of $(wc -l < "$scratch/seed-gold") lines right"
[ "$right" -ge 29 ]
"$chaff" clean "$eval/seed-article.txt" > "$scratch/seed-clean"
grep $'^content/body\t' "$eval/seed-article.tsv" | cut -f2- > "$scratch/seed-body"
kept=$(grep -cxFf "$scratch/seed-body" "$scratch/seed-clean" || true)
echo "seed article: $kept of $(wc -l < "$scratch/seed-body") body lines kept"
[ "$kept" -eq "$(wc -l < "$scratch/seed-body")" ]

# 2. Whole pages of other sites, and our own `evaluate` against the independent scorer.
python3 "$score" pages "$eval/pages-dev.tsv" > "$scratch/pages.jsonl"
"$chaff" classify "$scratch/pages.jsonl" > "$scratch/predicted.jsonl"
python3 "$score" lines "$eval/pages-dev.tsv" "$scratch/predicted.jsonl" --json > "$scratch/theirs.json"
"$chaff" evaluate "$eval/pages-dev.tsv" --json > "$scratch/ours.json"
python3 "$score" lines "$eval/pages-dev.tsv" "$scratch/predicted.jsonl"
python3 - "$scratch/theirs.json" "$scratch/ours.json" <<'PY'
import json, sys
theirs, ours = (json.load(open(path)) for path in sys.argv[1:])
pairs = [(theirs["accuracy"], ours["categories"]["accuracy"]), (theirs["macro_f1"], ours["categories"]["macro_f1"]),
         (theirs["kind_accuracy"], ours["kinds"]["accuracy"])]
for part in ("categories", "kinds"):
    for name, row in theirs[part].items():
        for figure in ("precision", "recall", "f1", "support"):
            pairs.append((row[figure], ours[part]["classes"][name][figure]))
for a, b in pairs:
    if (a is None) != (b is None) or (a is not None and abs(a - b) > 5e-5):
        sys.exit(f"evaluate and the scorer differ: {b} and {a}")
print(f"evaluate agrees with the scorer on {len(pairs)} figures")
if theirs["accuracy"] < 0.87 or theirs["macro_f1"] < 0.60:
    sys.exit("a floor is missed: accuracy 0.87, macro-F1 0.60")
PY

# 3. What extractors return, cleaned by the default threshold.
python3 "$score" pages "$eval/extracted-dev.tsv" > "$scratch/extracted.jsonl"
"$chaff" clean "$scratch/extracted.jsonl" > "$scratch/cleaned.jsonl"
python3 "$(dirname "$0")/cleaning.py" "$eval/extracted-dev.tsv" "$scratch/cleaned.jsonl"

# 4. Pages in other languages.
python3 "$score" pages "$eval/multilingual-dev.tsv" > "$scratch/multilingual.jsonl"
"$chaff" classify "$scratch/multilingual.jsonl" > "$scratch/multilingual-predicted.jsonl"
python3 "$score" lines "$eval/multilingual-dev.tsv" "$scratch/multilingual-predicted.jsonl" --json > "$scratch/multilingual.json"
python3 - "$scratch/multilingual.json" <<'PY'
import json, sys
figures = json.load(open(sys.argv[1]))
print(f"other languages: accuracy {figures['accuracy']:.4f}, macro-F1 {figures['macro_f1']:.4f}, "
      f"kinds {figures['kind_accuracy']:.4f}")
for name, row in figures["categories"].items():
    print(f"  {name}: " + ", ".join(f"{key} {value:.3f}" for key, value in row.items() if isinstance(value, float)))
if figures["accuracy"] < 0.85:
    sys.exit("a floor is missed: accuracy 0.85 on pages in other languages")
PY
