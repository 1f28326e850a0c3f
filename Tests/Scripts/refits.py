#!/usr/bin/env python3
"""Whether a change of the data or of the trainer is more than chance: refits.py FITS CHAFF DATA LABELLED.tsv… [-- TRAIN OPTION…]

Trains FITS models of DATA, each without another twentieth of its files, and prints the means of their figures on labelled pages
and how far single fits lie apart (standard deviation). Two fits that are equally good on held-out pages differ by .002 of
accuracy on a hundred pages; means of five, by half as much. Runs of other DATA or another CHAFF leave out the same files.
"""
import concurrent.futures
import json
import os
import statistics
import subprocess
import sys
import tempfile
import zlib

LEFT_OUT = 20  # one file in so many


def figures(chaff, model, labelled):
    result = subprocess.run([chaff, "evaluate", labelled, "--model", model, "--json"], check=True, capture_output=True)
    all_figures = json.loads(result.stdout)
    categories, clean = all_figures["categories"], all_figures["clean"]["at"]["default"]
    return {
        "accuracy": categories["accuracy"],
        "macro-F1": categories["macro_f1"],
        **{name: values["f1"] for name, values in categories["classes"].items()},
        "kinds": all_figures["kinds"]["accuracy"],
        "words lost": clean["words_lost"],
        "nags removed": clean["nags_removed"],
        "left-over removed": clean["chaff_removed"],
    }


def fit(number, chaff, data, labelled, options):
    """The figures of one fit, by labelled file."""
    names = [os.path.join(folder, name) for folder, _, files in os.walk(data) for name in files if name.endswith(".tsv")]
    kept = [name for name in names if zlib.crc32(os.path.relpath(name, data).encode()) % LEFT_OUT != number]
    with tempfile.TemporaryDirectory() as folder:
        for index, name in enumerate(kept):
            os.symlink(os.path.abspath(name), os.path.join(folder, f"{index}.tsv"))
        model = os.path.join(folder, "model.chaffmodel")
        subprocess.run([chaff, "train", folder, "--output", model, *options], check=True, capture_output=True)
        return [figures(chaff, model, name) for name in labelled]


def main(fits, chaff, data, *rest):
    split = rest.index("--") if "--" in rest else len(rest)
    labelled, options = rest[:split], rest[split + 1:]
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        results = list(threads.map(lambda number: fit(number, chaff, data, labelled, options), range(fits)))
    for index, name in enumerate(labelled):
        print(name)
        for figure in results[0][index]:
            values = [result[index][figure] for result in results]
            spread = statistics.stdev(values) if fits > 1 else 0
            print(f"  {figure:18} {statistics.mean(values):.4f} ± {spread:.4f}")


if __name__ == "__main__":
    if len(sys.argv) < 5 or not sys.argv[1].isdigit() or not 1 <= int(sys.argv[1]) <= LEFT_OUT:
        sys.exit(__doc__)
    main(int(sys.argv[1]), *sys.argv[2:])
