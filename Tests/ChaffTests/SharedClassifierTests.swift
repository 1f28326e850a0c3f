import Chaff
import Testing

/// One classifier, many threads: what the thread sanitizer is run over.
struct SharedClassifierTests {
  @Test func `Many threads judge by one classifier as one does`() async throws {
    let classifier = try TestModel.classifier()
    let pages = try TestModel.sites().map { page in page.rows.map { String(decoding: $0.text, as: UTF8.self) } }
    let alone = pages.map { classifier.classify(lines: $0) }
    await withTaskGroup(of: Bool.self) { group in
      for round in 0..<64 {
        group.addTask {
          let page = round % pages.count
          let copy = classifier
          _ = copy.mostProbableSequence(lines: pages[page])
          return copy.classify(lines: pages[page]) == alone[page]
        }
      }
      for await isEqual in group { #expect(isEqual) }
    }
  }

  @Test func `The standard classifier may be met first on any thread`() async {
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<16 { group.addTask { LineClassifier.standard.classify(lines: ["Home", "News"]).count } }
      for await count in group { #expect(count == 2) }
    }
  }
}
