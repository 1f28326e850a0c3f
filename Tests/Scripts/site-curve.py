#!/usr/bin/env python3
"""How many labelled lines of one's own site halve its errors: site-curve.py CHAFF LABELLED.tsv [WEIGHT…]

Sites are told by their menus: pages that share lines which hardly any other page has are of one site. Of each such site one page is
taught to the standard model in part, as `chaff label` writes it (the other lines are `skip`), and the errors are counted on the
site's other pages; then the pages change places. The lines to label are chosen like the annotator does, the least certain first,
or from the top of the page. The standard model has seen none of these sites.
"""
import collections
import os
import subprocess
import sys
import tempfile

from labelled import pages as read_pages

COUNTS = [0, 5, 10, 20, 40, 80, 160]
SHARED = 8  # rare lines that two pages of a site have in common
RARE = 4  # pages that a rare line may stand on


def sites(pages):
    """Groups of pages, by number, that share rare lines; groups of one are left out."""
    where = collections.defaultdict(set)
    for number, page in enumerate(pages):
        for _, text in page:
            if len(text) >= 12:
                where[text].add(number)
    common = collections.Counter()
    for numbers in where.values():
        if 2 <= len(numbers) <= RARE:
            ordered = sorted(numbers)
            common.update((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1:])
    group = list(range(len(pages)))
    for (a, b), count in sorted(common.items()):
        if count >= SHARED:
            group = [group[a] if g == group[b] else g for g in group]
    found = collections.defaultdict(list)
    for number, g in enumerate(group):
        found[g].append(number)
    return [numbers for numbers in found.values() if len(numbers) > 1]


class Chaff:
    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder

    def classify(self, page, model):
        """(label, probability) of each line of a page."""
        text = "".join(text + "\n" for _, text in page).encode()
        words = [self.binary, "classify", "--model", model]
        out = subprocess.run(words, input=text, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8", "replace")
        rows = [row.split("\t", 2) for row in out.split("\n")[:len(page)]]
        return [(row[0], float(row[1])) if len(row) == 3 else ("", 1.0) for row in rows]

    def teach(self, page, chosen, weight):
        """The standard model with some lines of a page added."""
        if not chosen:
            return "standard"
        data, model = os.path.join(self.folder, "mine.tsv"), os.path.join(self.folder, "own.chaffmodel")
        with open(data, "w", encoding="utf-8") as file:
            for number, (label, text) in enumerate(page):
                file.write(f"{label if number in chosen else 'skip'}\t{text}\n")
        words = [self.binary, "train", data, "--base", "standard", "--weight", str(weight), "--sealed", "--output", model]
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
        return model


def errors(page, judged):
    """Scored lines whose category is wrong."""
    return sum(label != "skip" and label.split("/")[0] != found.split("/")[0] for (label, _), (found, _) in zip(page, judged))


def main(binary, path, weights):
    pages = list(read_pages(path))
    groups = sites(pages)
    taught = [(a, [b for b in group if b != a]) for group in groups for a in group]
    lines = sum(label != "skip" for _, others in taught for b in others for label, _ in pages[b])
    print(f"{len(groups)} sites with {sum(map(len, groups))} pages; {len(taught)} pages taught in turn, {lines} lines judged")
    with tempfile.TemporaryDirectory() as folder:
        chaff = Chaff(os.path.abspath(binary), folder)
        for order in ("least certain first", "from the top"):
            for weight in weights:
                curve(chaff, pages, taught, order, weight)


def curve(chaff, pages, taught, order, weight):
    totals = collections.Counter()
    halved = []
    for a, others in taught:
        judged = chaff.classify(pages[a], "standard")
        ranked = [n for n, (label, _) in enumerate(pages[a]) if label != "skip"]
        if order == "least certain first":
            ranked.sort(key=lambda n: (judged[n][1], n))
        first = reached = None
        for count in COUNTS:
            model = chaff.teach(pages[a], set(ranked[:count]), weight)
            wrong = sum(errors(pages[b], chaff.classify(pages[b], model)) for b in others)
            totals[count] += wrong
            first = wrong if first is None else first
            if reached is None and 2 * wrong <= first:
                reached = count
        halved.append(reached)
    print(f"\n{order}, weight {weight}\nlines labelled  errors  of those before")
    for count in COUNTS:
        print(f"{count:14d}  {totals[count]:6d}  {100 * totals[count] / max(1, totals[0]):5.1f} %")
    print(f"halved on {sum(r is not None for r in halved)} of {len(halved)} pages; after so many lines: "
          + " ".join("-" if r is None else str(r) for r in sorted(halved, key=lambda r: (r is None, r))))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], [int(word) for word in sys.argv[3:]] or [1, 5, 20])
