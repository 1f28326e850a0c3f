#!/usr/bin/env python3
"""Write the pages of labelled files as JSON Lines of texts, without their labels: pages-jsonl.py FOLDER|FILE… > pages.jsonl"""
import json
import os
import sys

from labelled import pages


def files(path):
    """The labelled files of a folder, in the order of their names."""
    if not os.path.isdir(path):
        return [path]
    return sorted(os.path.join(root, name) for root, _, names in os.walk(path) for name in names if name.endswith(".tsv"))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in (name for path in sys.argv[1:] for name in files(path)):
        for number, page in enumerate(pages(name)):
            text = "\n".join(text for _, text in page) + "\n"
            print(json.dumps({"id": f"{os.path.basename(name)}-{number}", "text": text}, ensure_ascii=False))
