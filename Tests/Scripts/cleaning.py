#!/usr/bin/env python3
"""What cleaning did to labelled pages: cleaning.py LABELLED.tsv CLEANED.jsonl [--most-lost 0.01]

CLEANED.jsonl is what `chaff clean` made of the pages, one JSON object a page, in order. Prints the share of article words lost,
and the shares of nags (registration, donation) and of all left-over lines removed. Ends with 1 if more is lost.
"""
import argparse
import json
import sys

from labelled import pages


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled")
    parser.add_argument("cleaned")
    parser.add_argument("--most-lost", type=float, default=0.01)
    options = parser.parse_args()
    words = lost = nags = nags_removed = rest = rest_removed = 0
    for page, row in zip(pages(options.labelled), open(options.cleaned, encoding="utf-8"), strict=True):
        kept = json.loads(row)["text"].split("\n")
        at = 0
        for label, text in page:
            # Kept lines keep their order, so the next kept line is this one or a later one.
            is_kept = at < len(kept) and kept[at] == text
            at += is_kept
            if label == "skip":
                continue
            if label.startswith("content"):
                words += len(text.split())
                lost += 0 if is_kept else len(text.split())
            else:
                rest += 1
                rest_removed += not is_kept
                if label.startswith(("registration", "donation")):
                    nags += 1
                    nags_removed += not is_kept
    print(f"article words lost {lost / words:.4f}, nags removed {nags_removed / nags:.4f} of {nags}, "
          f"left-over lines removed {rest_removed / rest:.4f} of {rest}")
    sys.exit(lost / words > options.most_lost)


if __name__ == "__main__":
    main()
