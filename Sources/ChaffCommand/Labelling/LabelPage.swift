import Chaff

/// A page that is being labelled.
struct LabelPage: Equatable {
  /// What a person decided of a line.
  enum Choice: Equatable {
    case label(Label)
    /// Not scored.
    case skip

    var path: String {
      switch self {
      case .label(let label): label.path
      case .skip: "skip"
      }
    }
  }

  /// A line that is not blank.
  struct Row: Equatable {
    /// Valid UTF-8 without a line end.
    let text: [UInt8]
    /// What the model holds for most probable, and how probable.
    let proposal: Label
    let probability: Double
    /// What was decided, or nil while the line is open.
    var choice: Choice?
  }

  let name: String
  var rows: [Row]

  var openCount: Int { rows.reduce(0) { $0 + ($1.choice == nil ? 1 : 0) } }

  /// Judges the lines of a page; blank ones are left out. What is not UTF-8 becomes U+FFFD.
  init(name: String, text: [UInt8], classifier: LineClassifier) {
    self.name = name
    var rows: [Row] = []
    let valid = Array(String(decoding: text, as: UTF8.self).utf8)
    for (range, prediction) in classifier.classify(utf8: valid) {
      guard let prediction, let label = classifier.model.labels.index(of: prediction.label) else { continue }
      rows.append(
        Row(text: Array(valid[range]), proposal: prediction.label, probability: prediction.posteriors[label]))
    }
    self.rows = rows
  }

  init(name: String, rows: [Row]) {
    self.name = name
    self.rows = rows
  }
}
