import Chaff

/// An explained page for people: each line, its odds by source, and the strongest features for and against.
struct ExplanationText {
  private let labels: LabelSet
  private let palette: Palette
  private let style: TextStyle
  private let head: RowHead
  /// How many features to show on either side.
  private let count: Int

  init(labels: LabelSet, style: TextStyle, count: Int) {
    self.labels = labels
    self.style = style
    self.count = count
    palette = Palette(categories: labels.categories)
    head = RowHead(labels: labels, columns: style.width)
  }

  /// Where a page of JSON Lines begins.
  func head(_ page: PageText) -> String {
    style.bold(TextStyle.clip(TextStyle.safe(page.place.utf8), style.width)) + "\n"
  }

  /// A line of the page with its explanation.
  func text(_ line: [UInt8], _ explanation: LineExplanation?) -> String {
    guard let explanation, let label = labels.index(of: explanation.label) else {
      return TextStyle.clip(TextStyle.safe(line), style.width) + "\n"
    }
    let code = palette[labels.categoryOfLabel[label]].terminal
    let head = head.text(label: label, probability: explanation.probability)
    let body = TextStyle.clip(TextStyle.safe(line), max(12, style.width - TerminalText.width(head)))
    var text = style.paint(head + body, code) + "\n"
    text += rows(
      "\(ReasonText.signed(explanation.score)) nats over \(explanation.runnerUp.path):", summary(explanation))
    let ranked = features(explanation).sorted { abs($0.nats) > abs($1.nats) }
    for (title, isFor) in [("for", true), ("against", false)] {
      let chosen = ranked.filter { ($0.nats > 0) == isFor && $0.nats != 0 }.prefix(count).map(ReasonText.short)
      if !chosen.isEmpty { text += rows(title, chosen) }
    }
    return text
  }

  /// What each source adds in sum; together they are the score.
  private func summary(_ explanation: LineExplanation) -> [String] {
    var isBlocksDone = false
    var words: [String] = []
    for part in explanation.parts {
      if case .feature = part.source {
        if !isBlocksDone {
          words += explanation.blocks.map { "\($0.name) \(ReasonText.signed($0.nats))" }
        }
        isBlocksDone = true
      } else if abs(part.nats) >= 0.005 {
        words.append(ReasonText.short(part))
      }
    }
    return words
  }

  private func features(_ explanation: LineExplanation) -> [LineExplanation.Part] {
    explanation.parts.filter { if case .feature = $0.source { true } else { false } }
  }

  private func rows(_ title: String, _ words: [String]) -> String {
    let indent = 4
    let lines = style.wrapped([title] + words, indent: indent)
    return lines.map { String(repeating: " ", count: indent) + style.dim($0) + "\n" }.joined()
  }
}
