import Foundation
import Testing

/// `Tests/Reliability.md` names guards and tests; all of them must be there.
@Suite struct ReliabilityTests {
  private static let folders = ["Sources", "Tests"].map { Sample.root.appendingPathComponent($0) }

  private func files(in folder: URL, ending: String) -> [URL] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (found?.allObjects as? [URL] ?? []).filter { $0.pathExtension == ending }
  }

  /// The cells of the document's rows that stand in a column, each with the number of its line.
  private func names(_ text: String, column: String) -> [(line: Int, name: String)] {
    var place: Int?
    var names: [(Int, String)] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard line.hasPrefix("|") else {
        place = nil
        continue
      }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if cells.contains("guard") || cells.contains("what") || cells.contains("misuse") {
        place = cells.firstIndex(of: column)
      } else if let place, place < cells.count {
        for match in cells[place].matches(of: /`([^`]+)`/) { names.append((number + 1, String(match.1))) }
      }
    }
    return names
  }

  @Test func everyTestAndGuardIsThere() throws {
    let path = Sample.root.appendingPathComponent("Tests/Reliability.md")
    let text = try String(contentsOf: path, encoding: .utf8)
    let swift = Self.folders.flatMap { files(in: $0, ending: "swift") }
    let tests = Set(swift.map { $0.deletingPathExtension().lastPathComponent }.filter { $0.hasSuffix("Tests") })
    let fuzzed = Set(["Model", "Labelled", "JSON", "Text", "Scanner"])
    let named = names(text, column: "test")
    #expect(named.count > 40, "else this shows nothing")
    for (line, name) in named {
      let isScript = FileManager.default.fileExists(atPath: Sample.root.appendingPathComponent(name).path)
      #expect(tests.contains(name) || fuzzed.contains(name) || isScript, "line \(line): \(name)")
    }
    for match in text.matches(of: /`([A-Za-z]+Tests)`/) { #expect(tests.contains(String(match.1)), "\(match.1)") }
    let sources = try files(in: Self.folders[0], ending: "swift").map { try String(contentsOf: $0, encoding: .utf8) }
    let guards = names(text, column: "guard")
    #expect(guards.count > 25, "else this shows nothing")
    for (line, name) in guards {
      // `Type.member` stands in the code by its parts.
      for part in name.split(separator: ".") {
        #expect(sources.contains { $0.contains(part) }, "line \(line): \(name)")
      }
    }
  }
}
