import Chaff
import Testing

@testable import ChaffCommand

struct RowHeadTests {
  private let labels = LabelSet(
    ["content/body", "navigation/menu", "registration/newsletter"].compactMap { Label($0) })

  private func heads(_ columns: Int?) -> [String] {
    let head = RowHead(labels: labels, columns: columns)
    return labels.labels.indices.map { head.text(label: $0, probability: 0.057 + Double($0) * 0.47) }
  }

  @Test func labelsAreWholeWhereThereIsRoom() {
    #expect(
      heads(80) == [
        "content/body               6%  ", "navigation/menu           53%  ", "registration/newsletter  100%  ",
      ])
    #expect(heads(nil) == heads(80))
  }

  @Test func kindsAloneStandWhereThereIsNot() {
    #expect(heads(50) == ["body         6%  ", "menu        53%  ", "newsletter 100%  "])
  }
}
