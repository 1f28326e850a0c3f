#!/usr/bin/env python3
"""What pages without labels bring beside few labelled ones, on folds: unlabelled-curve.py CHAFF DATA [COUNT…]

Three times a fifth of the whole pages of DATA is set aside. Of the rest, COUNT pages keep their labels and the others lose them; a model
is trained from the first alone, and one from all by `--unlabelled`. Both are measured on what was set aside. Files, which are sites, go to
folds by a hash of their names.
"""
import hashlib
import json
import os
import subprocess
import sys
import tempfile

from labelled import pages as read_pages

WEIGHTS = ["0.02", "0.1"]
FOLDS = 3


def write(path, pages):
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join("".join(f"{label}\t{text}\n" for label, text in page) for page in pages))


def measure(chaff, model, test):
    out = subprocess.run([chaff, "evaluate", test, "--model", model, "--json"], stdout=subprocess.PIPE, check=True).stdout
    figures = json.loads(out)["categories"]
    support = sum(row["support"] for row in figures["classes"].values())
    return round(support * (1 - figures["accuracy"])), support, figures["macro_f1"]


def main(chaff, data, counts):
    names = [os.path.join(root, name) for root, _, found in os.walk(data) for name in found if name.endswith(".tsv") and "/parts" not in root]
    names.sort(key=lambda name: hashlib.sha256(os.path.relpath(name, data).encode()).hexdigest())
    sites = [list(read_pages(name)) for name in names]
    print("labelled  model              errors        macro-F1")
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        for count in counts:
            totals = {}
            for fold in range(FOLDS):
                write(path("test.tsv"), [page for n, site in enumerate(sites) if n % 5 == fold for page in site])
                rest = [page for n, site in enumerate(sites) if n % 5 != fold for page in site]
                write(path("labelled.tsv"), rest[:count])
                with open(path("unlabelled.jsonl"), "w", encoding="utf-8") as file:
                    for page in rest[count:]:
                        file.write(json.dumps({"text": "\n".join(text for _, text in page)}) + "\n")
                runs = [("labelled alone", [])]
                runs += [(f"and {len(rest) - count}, {w}", ["--unlabelled", path("unlabelled.jsonl"), "--unlabelled-weight", w]) for w in WEIGHTS]
                for number, (name, options) in enumerate(runs):
                    words = [chaff, "train", path("labelled.tsv"), "--output", path("model"), *options]
                    subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
                    wrong, lines, f1 = measure(chaff, path("model"), path("test.tsv"))
                    before = totals.get(number, (name, 0, 0, 0.0))
                    totals[number] = (name, before[1] + wrong, before[2] + lines, before[3] + f1 / FOLDS)
            for name, wrong, lines, f1 in totals.values():
                print(f"{count:8d}  {name:18s} {wrong:5d} of {lines:6d}  {f1:.3f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(os.path.abspath(sys.argv[1]), sys.argv[2], [int(word) for word in sys.argv[3:]] or [15, 40, 120, 300])
