#!/usr/bin/env python3
"""How well pages of other languages are told: languages.py CHAFF DATA [LABELLED.tsv]

Judges each fifth of DATA by a model of the other four and prints accuracy by language: that of a page is what its file in
`languages/` begins with (`de-…`), all others are English. Then the same categories on labelled pages, if given, by the
embedded model.
"""
import collections
import json
import os
import subprocess
import sys
import tempfile


def main(chaff, data, labelled=None):
    with tempfile.TemporaryDirectory() as folder:
        predictions = os.path.join(folder, "predictions.jsonl")
        subprocess.run([chaff, "evaluate", data, "--cross-validate", "5", "--predictions", predictions],
                       check=True, stdout=subprocess.DEVNULL)
        rows, pages = collections.defaultdict(collections.Counter), collections.defaultdict(set)
        with open(predictions, encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                for language in names(row["file"]):
                    counts = rows[language]
                    counts["rows"] += 1
                    counts["category"] += row["gold"].split("/")[0] == row["predicted"].split("/")[0]
                    counts["kind"] += row["gold"] == row["predicted"]
                    pages[language].add((row["file"], row["page"]))
    print("| language | pages | rows | accuracy of categories | of kinds |")
    print("|---|---|---|---|---|")
    for language, counts in sorted(rows.items(), key=lambda item: (item[0] != "English", -item[1]["rows"])):
        total = counts["rows"]
        print(f"| {language} | {len(pages[language]):,} | {total:,} | {counts['category'] / total:.3f} "
              f"| {counts['kind'] / total:.3f} |")
    if labelled:
        result = subprocess.run([chaff, "evaluate", labelled, "--json"], check=True, capture_output=True, text=True)
        figures = json.loads(result.stdout)
        categories = figures["categories"]
        print(f"\n{labelled}: accuracy {categories['accuracy']:.3f}, macro-F1 {categories['macro_f1']:.3f}, "
              f"kinds {figures['kinds']['accuracy']:.3f}")


def names(path):
    folder, name = os.path.split(path)
    return ["other languages", name.split("-")[0]] if os.path.basename(folder) == "languages" else ["English"]


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
