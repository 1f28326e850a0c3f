import Chaff
import ChaffTraining

/// Labelled pages that are small enough for a debug build.
enum Toy {
  /// The pages of a text in the format of labelled pages.
  static func pages(_ text: String, file: String = "toy.tsv") throws -> [LabelledPage] {
    try LabelledPageReader.read(Array(text.utf8), file: file)
  }

  /// Two pages of two lines whose counts can be done by hand.
  static func pair() throws -> [LabelledPage] {
    try pages("nav\tHome\ncontent\tThe cat\n\nnav\tHome\ncontent\tThe dog\n")
  }

  /// Five pages of ten rows, each about something else.
  static func sites() throws -> [LabelledPage] {
    let topics = [
      ("river", "bridge"), ("school", "garden"), ("harbour", "mill"), ("museum", "library"), ("orchestra", "theatre"),
    ]
    return try pages(topics.map { page($0, $1) }.joined(separator: "\n"))
  }

  private static func page(_ first: String, _ second: String) -> String {
    """
    # the \(first)
    nav/menu\tHome
    nav/menu\tSport
    nav/menu\tWeather
    content/headline\tThe \(first) and the old \(second)
    content/body\tThe \(first) was closed on Monday, and the mayor said that the \(second) would be next, if it rains.
    registration/newsletter\tSign up to our free newsletter
    content/body\tPeople who live near the \(second) told us that they had seen nothing like it in all their years here.
    content/body\tNobody knows when the \(first) will be open again, but the work is said to be going well so far.
    nav/footer\t© 2024 The Toy Times. All rights reserved.
    nav/footer\tTerms | Privacy | Contact

    """
  }

  /// The pages of ``sites()`` with every third label another one's: what fits them perfectly leaves nothing to climb.
  static func noisySites() throws -> [LabelledPage] {
    var generator = SplitMix64(seed: 6)
    var pages = try sites()
    let labels = pages[0].rows.map(\.label)
    for page in pages.indices {
      for row in pages[page].rows.indices where Int.random(in: 0..<3, using: &generator) == 0 {
        pages[page].rows[row].label = labels[Int.random(in: labels.indices, using: &generator)]
      }
    }
    return pages
  }

  /// Choices that keep every feature and take few steps.
  static var fast: TrainingOptions {
    var options = TrainingOptions()
    options.minimumPages = [1, 1, 1]
    options.iterations = 2
    return options
  }

  /// Trains, and opens what came of it.
  static func classifier(_ pages: [LabelledPage], _ options: TrainingOptions = fast) throws -> LineClassifier {
    try LineClassifier(modelBytes: Trainer.train(pages, options: options).bytes)
  }
}
