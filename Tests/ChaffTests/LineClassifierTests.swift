import Chaff
import ChaffTraining
import Testing

struct LineClassifierTests {
  private let lines = [
    "Home", "Sport", "", "The river and the old bridge", "The mill was closed on Monday, and the mayor said so.",
    "\t ", "Sign up to our free newsletter", "Ünïcödé — 中文 😀", "© 2024 The Toy Times. All rights reserved.",
    "Terms | Privacy",
  ]

  @Test func `Lines of the training pages are known again`() throws {
    let classifier = try TestModel.classifier()
    let pages = try TestModel.sites()
    let rows = pages.flatMap(\.rows)
    let right = pages.flatMap { page in
      let texts = page.rows.map { String(decoding: $0.text, as: UTF8.self) }
      return zip(classifier.classify(lines: texts), page.rows).filter { $0.prediction?.label == $1.label }
    }
    #expect(right.count >= rows.count * 9 / 10)
  }

  @Test func `There is one result for each line, in order, and none of a blank line`() throws {
    let result = try TestModel.classifier().classify(lines: lines)
    #expect(result.map(\.text) == lines)
    #expect(result.map { $0.prediction == nil } == lines.map { $0.allSatisfy(\.isWhitespace) })
  }

  @Test(arguments: ["\n", "\r\n"], [false, true])
  func `Strings and UTF-8 have the same results`(_ lineEnd: String, _ linesAlone: Bool) throws {
    let classifier = try TestModel.classifier()
    let bytes = Array(lines.map { $0 + lineEnd }.joined().utf8)
    let found = classifier.classify(utf8: bytes, linesAlone: linesAlone)
    let expected = classifier.classify(lines: lines, linesAlone: linesAlone)
    #expect(found.map(\.prediction) == expected.map(\.prediction))
    #expect(found.map { Array(bytes[$0.range]) } == lines.map { Array($0.utf8) })
  }

  @Test func `A prediction is the decision on its posteriors`() throws {
    let classifier = try TestModel.classifier()
    for prediction in classifier.classify(lines: lines).compactMap(\.prediction) {
      #expect(abs(prediction.posteriors.reduce(0, +) - 1) <= 1e-5)
      let sums = classifier.labels.indices.reduce(into: [String: Double]()) { sums, label in
        sums[classifier.labels[label].category, default: 0] += prediction.posteriors[label]
      }
      let best = try #require(sums.max { $0.value < $1.value })
      #expect(prediction.category == best.key && prediction.label.category == best.key)
      #expect(abs(prediction.probability - best.value) <= 1e-5)
      let index = try #require(classifier.labels.firstIndex(of: prediction.label))
      for (label, posterior) in zip(classifier.labels, prediction.posteriors) where label.category == best.key {
        #expect(posterior <= prediction.posteriors[index])
      }
    }
  }

  @Test func `Judged alone, a line does not depend on its neighbours`() throws {
    let classifier = try TestModel.classifier()
    let together = classifier.classify(lines: lines, linesAlone: true)
    for (line, result) in zip(lines, together) {
      #expect(classifier.classify(lines: [line], linesAlone: true) == [result])
    }
    #expect(together != classifier.classify(lines: lines))
  }

  @Test func `A page of no lines has no results`() throws {
    let classifier = try TestModel.classifier()
    #expect(classifier.classify(lines: []).isEmpty)
    #expect(classifier.classify(utf8: []).isEmpty)
    #expect(try classifier.clean("") == "")
  }

  @Test func `A line feed inside a line counts as a space`() throws {
    let classifier = try TestModel.classifier()
    let found = classifier.classify(lines: ["Sign up\nto our"])
    #expect(found.count == 1)
    #expect(found[0].prediction == classifier.classify(lines: ["Sign up to our"])[0].prediction)
  }

  @Test func `Any bytes have a result`() throws {
    var generator = SplitMix64(seed: 160)
    let classifier = try TestModel.classifier()
    for _ in 0..<30 {
      let count = Int.random(in: 0...400, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      for (_, prediction) in classifier.classify(utf8: bytes) {
        let sum = prediction?.posteriors.reduce(0, +) ?? 1
        #expect(abs(sum - 1) <= 1e-5)
      }
    }
  }

  @Test func `The order of the labels is ascending`() throws {
    #expect(
      try TestModel.classifier().labels.map(\.path) == [
        "content/body", "content/caption", "content/headline", "nav/footer", "nav/menu", "registration/newsletter",
      ])
  }

  @Test func `Bytes that are no model are refused`() {
    #expect(throws: ModelError.notAModel) { try LineClassifier(modelBytes: [1, 2, 3]) }
  }

  // MARK: Cleaning

  @Test func `What is kept keeps its bytes and its order`() throws {
    let classifier = try TestModel.classifier()
    for threshold in [0.0, 0.3, 0.5, 0.9, 1] {
      let text = lines.joined(separator: "\n")
      let cleaned = try classifier.clean(text, threshold: threshold).split(separator: "\n").map(String.init)
      let kept = classifier.classify(lines: lines).filter { line in
        guard let prediction = line.prediction else { return false }
        let content = zip(classifier.labels, prediction.posteriors).filter { $0.0.category == "content" }
        return Float(content.reduce(0) { $0 + $1.1 }) >= Float(threshold)
      }
      #expect(cleaned.filter { !$0.allSatisfy(\.isWhitespace) } == kept.map(\.text))
    }
  }

  @Test func `At threshold 0 all stays, blank lines too`() throws {
    let classifier = try TestModel.classifier()
    #expect(try classifier.clean("a\n\n\nb  \n \nc\n", threshold: 0) == "a\n\n\nb  \n \nc\n")
    #expect(try classifier.clean("a\r\nb", threshold: 0) == "a\nb\n")
  }

  @Test func `At threshold 1 nothing stays but the blank lines at the top`() throws {
    #expect(try TestModel.classifier().clean("\n\na\n\nb\n", threshold: 1) == "\n\n")
  }

  @Test func `What would lose the page without a word is refused`() throws {
    let classifier = try TestModel.classifier()
    for threshold in [-0.1, 1.1, .nan, .infinity] {
      #expect(throws: CleaningError.self, "\(threshold)") { try classifier.clean("a", threshold: threshold) }
    }
    #expect(throws: CleaningError.unknownLabel("nowhere")) { try classifier.clean("a", keeping: ["nav", "nowhere"]) }
    #expect(throws: CleaningError.unknownLabel("")) { try classifier.clean("a", keeping: [""]) }
  }

  @Test func `What to keep may be named, a category or a label`() throws {
    let classifier = try TestModel.classifier()
    let page = try #require(TestModel.sites().first).rows.map { String(decoding: $0.text, as: UTF8.self) }
    let labels = classifier.classify(lines: page).compactMap { $0.prediction?.label }
    func cleaned(_ names: [String]) throws -> String {
      try classifier.clean(page.joined(separator: "\n"), keeping: names, threshold: 0.5)
    }
    func lines(where isKept: (Label) -> Bool) -> String {
      zip(page, labels).filter { isKept($1) }.map { $0.0 + "\n" }.joined()
    }
    #expect(try cleaned(["nav"]) == lines { $0.category == "nav" })
    #expect(try cleaned(["nav/footer"]) == lines { $0.path == "nav/footer" })
    #expect(try cleaned(["content", "nav/menu"]) == lines { $0.category == "content" || $0.path == "nav/menu" })
    #expect(try cleaned(["nav/footer"]).hasPrefix("©") && cleaned(["nav"]).hasPrefix("Home\n"))
    #expect(try cleaned([]) == "")
  }

  @Test func `The model's own threshold is taken when none is given`() throws {
    let classifier = try TestModel.classifier()
    let text = lines.joined(separator: "\n")
    #expect((0...1).contains(classifier.cleanThreshold))
    #expect(try classifier.clean(text) == classifier.clean(text, threshold: classifier.cleanThreshold))
  }

  // MARK: The standard model

  @Test func `The standard classifier tells an article from its surroundings`() throws {
    let lines = [
      "Home", "News", "Sport", "Weather", "Subscribe", "Council approves plans for new riverside park",
      "By Jane Miller",
      "The council voted on Tuesday to approve plans for a park along the river, after a long debate.",
      "\"It will change how people use the waterfront,\" said the council's leader, who backed the scheme.",
      "Work is due to begin in the spring, and the first section should be open by the end of next year.",
      "Sign up to our newsletter", "© 2024 The Example. All rights reserved.", "Terms of use | Privacy policy",
    ]
    let found = LineClassifier.standard.classify(lines: lines)
    #expect(found[7...9].allSatisfy { $0.prediction?.label.path == "content/body" })
    #expect([0, 1, 2, 3, 11, 12].allSatisfy { found[$0].prediction?.category != "content" })
    let text = try LineClassifier.standard.clean(lines.joined(separator: "\n"))
    let cleaned = text.split(separator: "\n").map(String.init)
    #expect(cleaned.contains(lines[7]) && cleaned.contains(lines[9]))
    #expect(!cleaned.contains("Home") && !cleaned.contains(lines[12]))
  }
}
