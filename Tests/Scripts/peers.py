#!/usr/bin/env python3
"""Compare chaff with well-known line classifiers trained on the same data: peers.py CHAFF DATA LABELLED.tsv

Trains each peer on the labelled pages of DATA by kind, predicts the lines of LABELLED, and prints accuracy and macro-F1 of the
categories. Needs scikit-learn and python-crfsuite (`pip install scikit-learn python-crfsuite`) and, for one row, fastText
(`apt-get install fasttext`); what is not installed is left out, and said.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from labelled import pages


def corpus(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".tsv"):
                yield from pages(os.path.join(root, name))


def score(gold, predicted):
    pairs = [(g.split("/")[0], p.split("/")[0]) for g, p in zip(gold, predicted, strict=True) if g != "skip"]
    f1 = []
    for c in sorted({g for g, _ in pairs}):
        both = sum(g == p == c for g, p in pairs)
        f1.append(2 * both / (sum(g == c for g, _ in pairs) + sum(p == c for _, p in pairs)))
    return sum(g == p for g, p in pairs) / len(pairs), sum(f1) / len(f1)


def tokens(text):
    return " ".join(re.findall(r"\w+|[^\w\s]", text.lower())) or "."


def line_features(text):
    words = re.findall(r"\w+", text.lower())
    return words, [f"n={min(len(words), 12)}", f"end={text[-1:] if not text[-1:].isalnum() else 'a'}", f"cap={text[:1].isupper()}"]


def crf_features(page):
    out = []
    for text in page:
        words, shape = line_features(text)
        marked = ["^"] + words + ["$"]
        out.append(list({*words, *(a + " " + b for a, b in zip(marked, marked[1:])), *shape}))
    return out


def main(chaff, folder, labelled):
    train = [[(label, text) for label, text in page if label != "skip"] for page in corpus(folder)]
    test = list(pages(labelled))
    gold = [label for page in test for label, _ in page]
    texts = [text for page in train for _, text in page]
    labels = [label for page in train for label, _ in page]
    lines = [text for page in test for _, text in page]
    rows = []

    with tempfile.TemporaryDirectory() as scratch:
        model = os.path.join(scratch, "model")
        subprocess.run([chaff, "train", folder, "--output", model], check=True, stdout=subprocess.DEVNULL)
        for name, options in (("chaff", []), ("chaff, lines alone", ["--lines-alone"])):
            done = subprocess.run([chaff, "evaluate", labelled, "--model", model, "--json"] + options, check=True, capture_output=True)
            part = json.loads(done.stdout)["categories"]
            rows.append((name, part["accuracy"], part["macro_f1"]))

        try:
            from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
            from sklearn.linear_model import LogisticRegression
            from sklearn.naive_bayes import ComplementNB, MultinomialNB
            from sklearn.pipeline import make_pipeline, make_union
            from sklearn.svm import LinearSVC

            def words(kind):
                return kind(ngram_range=(1, 2), min_df=2, token_pattern=r"\b\w+\b", **({"binary": True} if kind is CountVectorizer else {"sublinear_tf": True}))

            both = make_union(words(TfidfVectorizer), TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True))
            for name, peer in (
                ("multinomial naive Bayes, word 1–2-grams", make_pipeline(words(CountVectorizer), MultinomialNB(alpha=0.1))),
                ("complement naive Bayes, word 1–2-grams", make_pipeline(words(CountVectorizer), ComplementNB(alpha=0.3))),
                ("logistic regression, word 1–2-grams", make_pipeline(words(TfidfVectorizer), LogisticRegression(C=10, max_iter=300))),
                ("linear SVM, word and character n-grams", make_pipeline(both, LinearSVC(C=0.5))),
            ):
                peer.fit(texts, labels)
                rows.append((name, *score(gold, list(peer.predict(lines)))))
        except ImportError:
            print("scikit-learn is not installed: left out", file=sys.stderr)

        try:
            import pycrfsuite

            trainer = pycrfsuite.Trainer(verbose=False)
            for page in train:
                trainer.append(crf_features([text for _, text in page]), [label for label, _ in page])
            trainer.set_params({"c1": 0.3, "c2": 0.05, "max_iterations": 100})
            trainer.train(os.path.join(scratch, "crf"))
            tagger = pycrfsuite.Tagger()
            tagger.open(os.path.join(scratch, "crf"))
            predicted = [label for page in test for label in tagger.tag(crf_features([text for _, text in page]))]
            rows.append(("linear-chain CRF, the same features", *score(gold, predicted)))
        except ImportError:
            print("python-crfsuite is not installed: left out", file=sys.stderr)

        if shutil.which("fasttext"):
            with open(os.path.join(scratch, "train"), "w", encoding="utf-8") as file:
                file.writelines(f"__label__{label} {tokens(text)}\n" for label, text in zip(labels, texts))
            with open(os.path.join(scratch, "test"), "w", encoding="utf-8") as file:
                file.writelines(f"{tokens(text)}\n" for text in lines)
            subprocess.run(["fasttext", "supervised", "-input", os.path.join(scratch, "train"), "-output", os.path.join(scratch, "ft"), "-wordNgrams", "2", "-minn", "2", "-maxn", "4", "-epoch", "15", "-lr", "0.5", "-thread", "1"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            done = subprocess.run(["fasttext", "predict", os.path.join(scratch, "ft.bin"), os.path.join(scratch, "test")], check=True, capture_output=True, text=True)
            rows.append(("fastText, word 2-grams, characters 2–4", *score(gold, [row.replace("__label__", "") or "?" for row in done.stdout.splitlines()])))
        else:
            print("fastText is not installed: left out", file=sys.stderr)

    print("| model | accuracy | macro-F1 |\n|---|---|---|")
    for name, accuracy, macro in rows:
        print(f"| {name} | {accuracy:.3f} | {macro:.3f} |")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
