/// What is measured.
enum Subjects {
  /// The line that installs what is compared with.
  static let installation = "apt-get install fasttext && pip install scikit-learn jusText lxml_html_clean"

  static func all(_ corpus: BenchmarkCorpus, chaff: String) -> [Subject] {
    func classify(_ name: String, _ file: String, _ options: String...) -> Subject {
      Subject(name: name, command: [chaff, "classify"] + options + [corpus.path(file)], bytes: corpus.size(file))
    }
    let pages = corpus.path("pages.txt")
    let size = corpus.size("pages.txt")
    return [
      Subject(name: "wc -w", command: ["wc", "-w", pages], bytes: size),
      Subject(name: "cat", command: ["cat", pages], bytes: size),
      classify("chaff classify", "pages.txt"),
      classify("chaff classify --threads 2", "pages.txt", "--threads", "2"),
      classify("chaff classify, JSON Lines", "pages.jsonl"),
      classify("chaff classify --threads 2, JSON Lines", "pages.jsonl", "--threads", "2"),
      Subject(name: "chaff clean", command: [chaff, "clean", pages], bytes: size),
      classify("chaff classify, other languages", "languages.txt"),
      classify("chaff classify, words of one byte", "words-of-one-byte.txt"),
      classify("chaff classify, lines of one byte", "lines-of-one-byte.txt"),
      classify("chaff classify, random bytes", "random-bytes.txt"),
      classify("chaff classify, one line", "one-line.txt"),
      Subject(
        name: "chaff train, 100,000 rows",
        command: [chaff, "train", corpus.path("rows.tsv"), "--output", corpus.path("benchmark.chaffmodel")],
        bytes: corpus.size("rows.tsv")),
      Subject(
        name: "chaff classify, a line of 21 bytes", command: [chaff, "classify", corpus.path("line.txt")], bytes: nil,
        repetitions: 20),
      // Training data of one's own may have no pages of other languages.
    ].filter { $0.bytes != 0 }
  }

  /// How many others there are if all are installed.
  static let peerCount = 3

  /// Programs for the same end, where they are installed, on a tenth of the text.
  static func peers(_ corpus: BenchmarkCorpus) -> [Subject] {
    var subjects: [Subject] = []
    let size = corpus.size("peers.txt")
    let model = corpus.path("fasttext")
    let train = ["fasttext", "supervised", "-input", corpus.path("rows.fasttext.txt"), "-output", model]
    if (try? Process.run(train + ["-dim", "10", "-wordNgrams", "2", "-thread", "1", "-verbose", "0"])) != nil {
      subjects.append(
        Subject(
          name: "fastText predict, dim 10, 2-grams",
          command: ["fasttext", "predict", model + ".bin", corpus.path("peers.txt")],
          bytes: size))
    }
    for (name, module, program) in [
      ("scikit-learn, hashing and naive Bayes, training included", "sklearn", naiveBayes),
      ("jusText", "justext", jusText),
    ] where (try? Process.run(["python3", "-c", find(module)])) != nil {
      let files = [corpus.path("rows.fasttext.txt"), corpus.path("peers.txt")]
      subjects.append(Subject(name: name, command: ["python3", "-c", program] + files, bytes: size))
    }
    return subjects
  }

  /// Python that ends well if a module is installed.
  private static func find(_ module: String) -> String {
    "import importlib.util, sys; sys.exit(importlib.util.find_spec('\(module)') is None)"
  }

  private static let naiveBayes = """
    import sys
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.naive_bayes import MultinomialNB
    rows = [line.rstrip("\\n").split(" ", 1) for line in open(sys.argv[1], errors="replace")]
    hashing = HashingVectorizer(ngram_range=(1, 2), alternate_sign=False, norm=None, n_features=1 << 18)
    model = MultinomialNB().fit(hashing.transform(row[1] for row in rows), [row[0] for row in rows])
    lines = open(sys.argv[2], errors="replace").readlines()
    for start in range(0, len(lines), 10000):
        print("\\n".join(model.predict(hashing.transform(lines[start:start + 10000]))))
    """

  private static let jusText = """
    import html, sys, justext
    stop = justext.get_stoplist("English")
    lines = open(sys.argv[2], errors="replace").readlines()
    for start in range(0, len(lines), 60):
        page = "<html><body>" + "".join("<p>" + html.escape(l) + "</p>" for l in lines[start:start + 60]) + "</body></html>"
        for paragraph in justext.justext(page, stop):
            print(paragraph.class_type)
    """
}
