import Chaff
import ChaffTraining

/// Toy pages, and models that are small enough to be trained by a debug build.
enum TestModel {
  /// Six labels in three categories.
  static let trained = Swift.Result<[UInt8], any Error> { try train(sites(), options) }

  /// Two labels, a few words: for tests that go through every byte.
  static let tiny = Swift.Result<[UInt8], any Error> {
    var options = TestModel.options
    // One phase: a chain whose counts can be written by hand.
    options.usesPhases = false
    return try train(pages("nav\tHome\ncontent\tThe cat\n\nnav\tHome\ncontent\tThe dog\n"), options)
  }

  /// Twenty labels, so two vectors a line.
  static let wide = Swift.Result<[UInt8], any Error> {
    let rows = (0..<20).map { "kind\($0 / 5)/number\($0)\tword\($0) of the \($0 % 3 == 0 ? "first" : "second") line" }
    return try train(pages(rows.joined(separator: "\n") + "\n\n" + rows.reversed().joined(separator: "\n")), options)
  }

  /// The classifier that judges by ``trained``.
  static func classifier() throws -> LineClassifier { try LineClassifier(modelBytes: trained.get()) }

  /// The model ``trained``, opened.
  static func model() throws -> Model { try open(trained.get()) }

  /// Opens a model in full, with all checks.
  static func open(_ bytes: [UInt8]) throws(ModelError) -> Model {
    try ModelReader.read(ModelBytes(copying: bytes), isTrusted: false)
  }

  /// Five pages of ten rows, each about something else.
  static func sites() throws -> [LabelledPage] {
    let topics = [
      ("river", "bridge"), ("school", "garden"), ("harbour", "mill"), ("museum", "library"), ("orchestra", "theatre"),
    ]
    return try pages(topics.map { page($0, $1) }.joined(separator: "\n"))
  }

  private static func pages(_ text: String) throws -> [LabelledPage] {
    try LabelledPageReader.read(Array(text.utf8), file: "toy.tsv")
  }

  private static func train(_ pages: [LabelledPage], _ options: TrainingOptions) throws -> [UInt8] {
    try Trainer.train(pages, options: options).bytes
  }

  private static var options: TrainingOptions {
    var options = TrainingOptions()
    options.minimumPages = [1, 1, 1]
    options.iterations = 2
    return options
  }

  private static func page(_ first: String, _ second: String) -> String {
    """
    nav/menu\tHome
    nav/menu\tSport
    nav/menu\tWeather
    content/headline\tThe \(first) and the old \(second)
    content/body\tThe \(first) was closed on Monday, and the mayor said that the \(second) would be next, if it rains.
    registration/newsletter\tSign up to our free newsletter
    content/body\tPeople who live near the \(second) told us that they had seen nothing like it in all their years here.
    content/caption\tThe \(second), seen from the \(first).
    nav/footer\t© 2024 The Toy Times. All rights reserved.
    nav/footer\tTerms | Privacy | Contact

    """
  }
}
