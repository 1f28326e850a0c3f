#!/usr/bin/env python3
"""Compare chaff's figures with scikit-learn's on the same predictions, to 1e-9: figures.py CHAFF DATA…

Runs `chaff evaluate --json --predictions` on labelled data and works every figure out anew from the predictions. Where scikit-learn
is not installed it says so and ends with 0: Swift tests hold recorded values.
"""
import json
import subprocess
import sys
import tempfile

try:
    import numpy
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import (average_precision_score, brier_score_loss, confusion_matrix, log_loss,
                                 precision_recall_fscore_support)
except ImportError:
    print("scikit-learn is not installed: nothing was compared")
    sys.exit(0)

TOLERANCE = 1e-9


def evaluated(chaff, data):
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        command = [chaff, "evaluate", *data, "--json", "--predictions", file.name]
        figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return figures, [json.loads(row) for row in open(file.name, encoding="utf-8")]


class Comparison:
    def __init__(self):
        self.count = 0
        self.faults = []

    def equal(self, name, ours, theirs):
        self.count += 1
        if ours is None or abs(ours - theirs) > TOLERANCE:
            self.faults.append(f"{name}: chaff {ours}, scikit-learn {theirs}")


def classes(compare, name, part, gold, predicted):
    labels = list(part["classes"])
    figures = precision_recall_fscore_support(gold, predicted, labels=labels, zero_division=0)
    for label, precision, recall, f1, support in zip(labels, *figures):
        ours = part["classes"][label]
        compare.equal(f"{name} {label} support", ours["support"], support)
        for figure, value, base in (("precision", precision, ours["predicted"]), ("recall", recall, ours["support"]),
                                    ("f1", f1, ours["predicted"] + ours["support"])):
            # What scikit-learn sets to 0, chaff leaves undefined.
            if base:
                compare.equal(f"{name} {label} {figure}", ours[figure], value)
            elif ours[figure] is not None:
                compare.faults.append(f"{name} {label} {figure} should be undefined")
    held = [label for label in labels if part["classes"][label]["support"]]
    macro = precision_recall_fscore_support(gold, predicted, labels=held, average="macro", zero_division=0)
    for figure, value in zip(("macro_precision", "macro_recall", "macro_f1"), macro):
        compare.equal(f"{name} {figure}", part[figure], value)
    matrix = confusion_matrix(gold, predicted, labels=labels)
    compare.equal(f"{name} accuracy", part["accuracy"], numpy.trace(matrix) / matrix.sum())
    if matrix.tolist() != part["confusion"]:
        compare.faults.append(f"{name}: confusion matrices differ")


def reliability(compare, name, bins, truth, said):
    shares, means = calibration_curve(truth, said, n_bins=len(bins), strategy="uniform")
    filled = [one for one in bins if one["lines"]]
    compare.equal(f"{name} filled bins", len(filled), len(shares))
    for number, (one, share, mean) in enumerate(zip(filled, shares, means)):
        compare.equal(f"{name} bin {number} share", one["share"], share)
        compare.equal(f"{name} bin {number} probability", one["probability"], mean)
    return sum(one["lines"] * abs(share - mean) for one, share, mean in zip(filled, shares, means)) / len(said)


def main(chaff, data):
    figures, rows = evaluated(chaff, data)
    compare = Comparison()
    for name, part in (("kinds", lambda label: label), ("categories", lambda label: label.split("/")[0])):
        classes(compare, name, figures[name], [part(row["gold"]) for row in rows], [part(row["predicted"]) for row in rows])
    gold = [row["gold"].split("/")[0] for row in rows]
    categories = list(figures["curves"])
    calibration = figures["calibration"]
    briers = []
    for category in categories:
        truth = numpy.array([name == category for name in gold])
        said = numpy.array([row["probabilities"][category] for row in rows])
        ours = calibration["categories"][category]
        briers.append(brier_score_loss(truth, said) if truth.any() else numpy.mean((said - truth) ** 2))
        compare.equal(f"{category} brier_score", ours["brier_score"], briers[-1])
        error = reliability(compare, category, ours["bins"], truth, said)
        compare.equal(f"{category} expected_error", ours["expected_error"], error)
        if truth.any():
            compare.equal(f"{category} average_precision", figures["curves"][category]["average_precision"],
                          average_precision_score(truth, said))
    compare.equal("brier_score", calibration["brier_score"], sum(briers))
    sure = [row["probabilities"][row["predicted"].split("/")[0]] for row in rows]
    right = [row["gold"].split("/")[0] == row["predicted"].split("/")[0] for row in rows]
    compare.equal("expected_error", calibration["expected_error"], reliability(compare, "predicted", calibration["bins"], right, sure))
    # Binary on what the true category was given: log_loss of several classes would scale each row to a sum of 1 first.
    given = numpy.array([row["probabilities"][name] for row, name in zip(rows, gold)])
    two = numpy.column_stack([1 - given, given])
    compare.equal("log_loss", calibration["log_loss"], log_loss(numpy.ones(len(given)), two, labels=[0, 1]))
    for fault in compare.faults:
        print(fault)
    print(f"{compare.count} figures of {len(rows)} lines compared with scikit-learn, {len(compare.faults)} differ")
    sys.exit(bool(compare.faults))


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
