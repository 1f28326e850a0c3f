#!/usr/bin/env python3
"""What each part of the model brings: ablation.py CHAFF DATA PAGES.tsv EXTRACTED.tsv

Trains on DATA with each part left out in turn (`--without`), and prints, with 95 % intervals by a bootstrap over pages: accuracy and
macro-F1 on both files, and what `clean` loses and removes on EXTRACTED by the threshold that was fitted in training.
"""
import json
import os
import subprocess
import sys
import tempfile

PARTS = ["", "words", "bigrams", "patterns", "forms", "phases", "lengths", "labels", "gains"]


def evaluate(chaff, model, file):
    return json.loads(subprocess.run([chaff, "evaluate", file, "--model", model, "--json"], check=True, capture_output=True).stdout)


def number(part, name):
    low, high = part[name + "_interval"]
    return f"{part[name]:.3f} ({low:.3f}–{high:.3f})"


def share(part, name, digits):
    low, high = (100 * x for x in part[name + "_interval"])
    return f"{100 * part[name]:.{digits}f} % ({low:.{digits}f}–{high:.{digits}f})"


def main(chaff, data, pages, extracted):
    print("| without | pages: accuracy | macro-F1 | extracted: accuracy | macro-F1 | words lost | nags removed | left-over removed |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        model = os.path.join(scratch, "model")
        for part in PARTS:
            options = ["--without", part] if part else []
            subprocess.run([chaff, "train", data, "--output", model, *options], check=True, stdout=subprocess.DEVNULL)
            whole, rest = (evaluate(chaff, model, file) for file in (pages, extracted))
            cells = [number(f["categories"], name) for f in (whole, rest) for name in ("accuracy", "macro_f1")]
            clean = rest["clean"]["at"]["default"]
            cells += [share(clean, "words_lost", 2), share(clean, "nags_removed", 0), share(clean, "chaff_removed", 0)]
            print(f"| {f'`{part}`' if part else '–'} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
