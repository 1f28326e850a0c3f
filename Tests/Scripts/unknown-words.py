#!/usr/bin/env python3
"""How many words of the article's lines a model could not know: unknown-words.py DATA LABELLED.tsv

Prints the share of words of content lines (each once a line) that stand on fewer than two pages of DATA: on the pages of LABELLED, and,
of DATA, on each page when that page is not counted.
"""
import os
import re
import sys

from labelled import pages


def words(text):
    return set(re.findall(r"[^\W\d_]+", text.lower()))


def lines(page):
    return [words(text) for label, text in page if label.startswith("content")]


def main(folder, labelled):
    corpus = []
    for root, _, names in sorted(os.walk(folder)):
        corpus += [page for name in sorted(names) if name.endswith(".tsv") for page in pages(os.path.join(root, name))]
    on_pages = {}
    for page in corpus:
        for word in set().union(*(words(text) for _, text in page)):
            on_pages[word] = on_pages.get(word, 0) + 1

    def share(some, own):
        told = [word for page in some for line in lines(page) for word in line]
        return sum(on_pages.get(word, 0) - own < 2 for word in told) / len(told)

    print(f"unknown words of article lines: {100 * share(corpus, 1):.1f} % on pages of {folder} that are not counted, "
          f"{100 * share(pages(labelled), 0):.1f} % on those of {labelled}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
