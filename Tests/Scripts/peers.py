#!/usr/bin/env python3
"""Compare chaff with well-known line classifiers trained on the same data: peers.py CHAFF DATA PAGES.tsv EXTRACTED.tsv [PEER…]

Trains each peer on the labelled pages of DATA by kind and prints two tables: accuracy and macro-F1 of the categories on the lines of
PAGES, and the article words that a peer loses on EXTRACTED when it removes as many nag lines as chaff's default does there. Rules
that know no kinds are asked what they remove and lose, beside what chaff loses when it removes as many. With PEERs, only those
(bayes, logistic, svm, crf, fasttext, rules).

Needs scikit-learn and python-crfsuite (`pip install scikit-learn python-crfsuite`), jusText's stop words (`pip install jusText
lxml_html_clean`) and fastText (`apt-get install fasttext`); what is not installed is left out, and said.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from labelled import pages

COMMON = 500


def corpus(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".tsv"):
                yield from pages(os.path.join(root, name))


# What is measured.

def accuracy(gold, predicted):
    """Accuracy and macro-F1 of categories."""
    pairs = [(g.split("/")[0], p.split("/")[0]) for g, p in zip(gold, predicted, strict=True) if g != "skip"]
    f1 = []
    for c in sorted({g for g, _ in pairs}):
        both = sum(g == p == c for g, p in pairs)
        f1.append(2 * both / (sum(g == c for g, _ in pairs) + sum(p == c for _, p in pairs)))
    return sum(g == p for g, p in pairs) / len(pairs), sum(f1) / len(f1)


class Cleaning:
    """Lines of extracted pages: what is lost and removed when the lines below a score are dropped."""

    def __init__(self, rows):
        self.words = [len(text.split()) if label.startswith("content") else 0 for label, text in rows]
        self.is_nag = [label.startswith(("registration", "donation")) for label, _ in rows]

    def removed(self, dropped):
        """The share of article words lost and of nags removed."""
        lost = sum(w for w, d in zip(self.words, dropped, strict=True) if d)
        return lost / sum(self.words), sum(d for n, d in zip(self.is_nag, dropped) if n) / sum(self.is_nag)

    def lost_at(self, scores, nags):
        """The share of article words lost at the lowest threshold that removes a share of nags."""
        ranked = sorted(s for s, n in zip(scores, self.is_nag, strict=True) if n)
        threshold = ranked[max(0, round(nags * len(ranked)) - 1)]
        return self.removed([s <= threshold for s in scores])[0]


# Peers: each is trained on pages and gives, for pages, each line's kind and a score that the line is the article.

def tokens(text):
    return " ".join(re.findall(r"\w+|[^\w\s]", text.lower())) or "."


def flat(some):
    return [text for page in some for text in page]


class Scikit:
    def __init__(self, pipeline):
        self.pipeline = pipeline

    def train(self, train):
        self.pipeline.fit([text for page in train for _, text in page], [label for page in train for label, _ in page])

    def judge(self, test):
        lines = flat(test)
        method = "decision_function" if hasattr(self.pipeline, "decision_function") else "predict_proba"
        table = getattr(self.pipeline, method)(lines)
        kinds = list(self.pipeline.classes_)
        article = [k.startswith("content") for k in kinds]
        labels = [kinds[row.argmax()] for row in table]
        if method == "predict_proba":
            return labels, [float(row[article].sum()) for row in table]
        return labels, [float(row[article].max() - row[[not a for a in article]].max()) for row in table]


def scikit_peers():
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.naive_bayes import ComplementNB, MultinomialNB
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    def counted():
        return CountVectorizer(ngram_range=(1, 2), min_df=2, token_pattern=r"\b\w+\b", binary=True)

    def both():
        return make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2, token_pattern=r"\b\w+\b", sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True))

    yield "bayes", "multinomial naive Bayes, word 1–2-grams", Scikit(make_pipeline(counted(), MultinomialNB(alpha=0.1)))
    yield "bayes", "complement naive Bayes, word 1–2-grams", Scikit(make_pipeline(counted(), ComplementNB(alpha=0.3)))
    yield "logistic", "logistic regression, word and character n-grams", Scikit(
        make_pipeline(both(), SGDClassifier(loss="log_loss", alpha=1e-6, random_state=1)))
    yield "svm", "linear SVM, word and character n-grams", Scikit(make_pipeline(both(), LinearSVC(C=0.5)))


class ChainPeer:
    """A linear-chain CRF with words, pairs of words and patterns, as chaff has them, and the look of the line."""

    def train(self, train):
        import pycrfsuite

        lines = {}
        for page in train:
            for _, text in page:
                for word in set(re.findall(r"[^\W\d_]+", text.lower())):
                    lines[word] = lines.get(word, 0) + 1
        self.common = set(sorted(lines, key=lambda word: (-lines[word], word))[:COMMON])
        trainer = pycrfsuite.Trainer(verbose=False)
        for page in train:
            trainer.append([self.features(text) for _, text in page], [label for label, _ in page])
        trainer.set_params({"c1": 0.3, "c2": 0.05, "max_iterations": 100})
        file = os.path.join(tempfile.mkdtemp(), "crf")
        trainer.train(file)
        self.tagger = pycrfsuite.Tagger()
        self.tagger.open(file)
        shutil.rmtree(os.path.dirname(file))

    def features(self, text):
        words = re.findall(r"[^\W\d_]+|\d+", text)
        low = ["#" * min(len(w), 5) if w.isdigit() else w.lower() for w in words]
        out = set(low)
        if len(low) <= 40:
            out |= {a + " " + b for a, b in zip(["^"] + low, low + ["$"])}
        if len(low) <= 16:
            marks = ["<s>"] + [self.token(t) for t in re.findall(r"[^\W\d_]+|\d+|[^\w\s]", text)] + ["</s>"]
            out |= {"p:" + " ".join(marks[i:i + 3]) for i in range(len(marks) - 2)}
        end = text[-1:] if not text[-1:].isalnum() else "a"
        capitals = sum(w[0].isupper() for w in words)
        look = [
            f"n={min(len(words), 12) if len(words) < 17 else 17 + len(words) // 20}", f"end={end}",
            f"first={text[:1].isupper()}", f"capitals={capitals * 4 // max(1, len(words))}",
            f"digits={min(3, sum(c.isdigit() for c in text))}",
            f"sentences={min(4, len(re.findall(r'[.!?] ', text)))}", f"commas={min(3, text.count(','))}"]
        return list(out) + look

    def token(self, word):
        if word.isdigit():
            return "#" * min(len(word), 5)
        if not word.isalpha():
            return word
        if word.lower() in self.common:
            return ("^" if word[0].isupper() else "") + word.lower()
        return "*a" if word.islower() else "*AA" if word.isupper() else "*A" if word.istitle() else "*aA"

    def judge(self, test):
        labels, scores = [], []
        for page in test:
            self.tagger.set([self.features(text) for text in page])
            labels += self.tagger.tag()
            article = [k for k in self.tagger.labels() if k.startswith("content")]
            scores += [sum(self.tagger.marginal(k, i) for k in article) for i in range(len(page))]
        return labels, scores


class FastText:
    """fastText, tuned by itself for five minutes on a fifth of the pages."""

    def train(self, train):
        self.folder = tempfile.mkdtemp()
        for name, chosen in (("fit", lambda n: n % 5), ("validate", lambda n: not n % 5)):
            with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
                for number, page in enumerate(train):
                    if chosen(number):
                        file.writelines(f"__label__{label} {tokens(text)}\n" for label, text in page)
        self.run("supervised", "-input", "fit", "-output", "model", "-autotune-validation", "validate", "-autotune-duration", "300",
                 "-thread", "2", "-verbose", "0")

    def run(self, *arguments):
        return subprocess.run(["fasttext", *arguments], check=True, capture_output=True, text=True, cwd=self.folder).stdout

    def judge(self, test):
        with open(os.path.join(self.folder, "test"), "w", encoding="utf-8") as file:
            file.writelines(f"{tokens(text)}\n" for text in flat(test))
        labels, scores = [], []
        for row in self.run("predict-prob", "model.bin", "test", "-1").splitlines():
            fields = row.replace("__label__", "").split()
            labels.append(fields[0])
            scores.append(sum(float(p) for k, p in zip(fields[::2], fields[1::2]) if k.startswith("content")))
        return labels, scores


class Chaff:
    def __init__(self, chaff, model, *options):
        self.command = [chaff, "evaluate", "--model", model, "--json", *options]

    def judge_file(self, file):
        with tempfile.NamedTemporaryFile() as predictions:
            subprocess.run(self.command + ["--predictions", predictions.name, file], check=True, stdout=subprocess.DEVNULL)
            return [json.loads(row) for row in open(predictions.name, encoding="utf-8")]


# Rules that keep or drop a line.

def c4(text):
    """C4's rules for lines (Raffel et al. 2020, section 2.2): five words, an end mark, no "javascript", no placeholder."""
    low = text.lower()
    return len(text.split()) >= 5 and text.rstrip()[-1:] in '.!?"”' and "javascript" not in low and "lorem ipsum" not in low


def gopher(text):
    """Gopher's rules (Rae et al. 2021, appendix A) asked of a line: letters in four words of five, a stop word, no dots for an end."""
    words = text.split()
    stop = {"the", "be", "to", "of", "and", "that", "have", "with"}
    return (sum(any(c.isalpha() for c in w) for w in words) >= 0.8 * len(words) and bool(stop & {w.lower() for w in words})
            and not text.rstrip().endswith(("…", "...")))


def justext_rule():
    """jusText's rule for one paragraph (Pomikálek 2011, section 3.2.2) with its stop words: long or dense enough to be good text."""
    from justext import get_stoplist

    stop = get_stoplist("English")

    def keep(text):
        words = text.split()
        density = sum(w.lower() in stop for w in words) / max(1, len(words))
        return len(text) > 70 and density >= 0.30
    return keep


def rule_peers():
    yield "C4's rules for lines", c4
    yield "Gopher's rules for lines", gopher
    try:
        yield "jusText's length and stop words", justext_rule()
    except ImportError:
        print("jusText is not installed: left out", file=sys.stderr)


def peers(wanted):
    try:
        yield from (peer for peer in scikit_peers() if peer[0] in wanted)
    except ImportError:
        print("scikit-learn is not installed: left out", file=sys.stderr)
    if "crf" in wanted:
        try:
            import pycrfsuite  # noqa: F401

            yield "crf", "linear-chain CRF, the same features and the look of lines", ChainPeer()
        except ImportError:
            print("python-crfsuite is not installed: left out", file=sys.stderr)
    if "fasttext" in wanted:
        if shutil.which("fasttext"):
            yield "fasttext", "fastText, tuned by itself", FastText()
        else:
            print("fastText is not installed: left out", file=sys.stderr)


def main(chaff, folder, labelled, extracted, *wanted):
    wanted = wanted or ("bayes", "logistic", "svm", "crf", "fasttext", "rules")
    train = [[row for row in page if row[0] != "skip"] for page in corpus(folder)]
    train = [page for page in train if page]
    gold = [label for page in pages(labelled) for label, _ in page]
    lines = [[text for _, text in page] for page in pages(labelled)]
    rows = [row for page in pages(extracted) for row in page]
    left = [[text for _, text in page] for page in pages(extracted)]

    with tempfile.TemporaryDirectory() as scratch:
        model = os.path.join(scratch, "model")
        subprocess.run([chaff, "train", folder, "--output", model], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([chaff, "inspect", model], check=True, capture_output=True, text=True).stdout
        threshold = float(re.search(r"clean threshold\s+([\d.]+)", done)[1])
        scored = [i for i, row in enumerate(rows) if row[0] != "skip"]
        few = Cleaning([rows[i] for i in scored])

        def told(name, labels, scores, nags):
            lost = few.lost_at(scores, nags)
            print(f"| {name} | {labels[0]:.3f} | {labels[1]:.3f} | {100 * lost:.2f} % |", flush=True)

        nags = own = None
        for name, options in (("chaff", []), ("chaff, lines alone", ["--lines-alone"])):
            peer = Chaff(chaff, model, *options)
            judged = peer.judge_file(labelled)
            figures = accuracy([r["gold"] for r in judged], [r["predicted"] for r in judged])
            scores = [r["probabilities"]["content"] for r in peer.judge_file(extracted)]
            if nags is None:
                own, (lost, nags) = scores, few.removed([s < threshold for s in scores])
                print(f"| model | accuracy | macro-F1 | words lost at {100 * nags:.0f} % of nags removed |\n|---|---|---|---|")
            told(name, figures, scores, nags)
        for _, name, peer in peers(wanted):
            peer.train(train)
            labels, _ = peer.judge(lines)
            _, scores = peer.judge(left)
            told(name, accuracy(gold, labels), [scores[i] for i in scored], nags)
        if "rules" in wanted:
            print("\n| rule | article words lost | nags removed | chaff loses for as many nags |\n|---|---|---|---|")
            for name, keep in rule_peers():
                lost, removed = few.removed([not keep(rows[i][1]) for i in scored])
                print(f"| {name} | {100 * lost:.2f} % | {100 * removed:.0f} % | {100 * few.lost_at(own, removed):.2f} % |")


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
