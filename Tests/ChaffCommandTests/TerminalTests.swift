import Foundation
import Testing

@testable import ChaffCommand

/// What a terminal of a given width is shown.
struct TerminalTests {
  private func run(_ words: [String], width: Int, wantsNoColour: Bool = true) throws -> [Substring] {
    let files = try Scratch()
    let file = try files.write("output", "")
    let handle = try FileHandle(forWritingTo: file)
    let context = CommandContext(
      output: OutputStream(descriptor: handle.fileDescriptor), isTerminal: true, isMessageTerminal: false,
      wantsNoColour: wantsNoColour, terminalWidth: width, sendMessage: { _ in })
    #expect(ChaffMain.run(words, context) == 0)
    try handle.close()
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
  }

  private static let page = Sample.root.appendingPathComponent("TrainingData/extracted/tollgate-for-wordpress.tsv").path

  @Test(arguments: [40, 60, 80, 120])
  func linesFit(width: Int) throws {
    let model = try Scratch()
    let data = try model.write("a.tsv", Sample.labelled).path
    for words in [
      ["classify", Sample.article], ["evaluate", Self.page, "--errors", "2"],
      ["evaluate", data, "--cross-validate", "2"], ["evaluate", data, "--compare", "standard"],
    ] {
      let lines = try run(words, width: width)
      #expect(!lines.isEmpty)
      // The longest intervals of all stand in a line of their own, and are not cut.
      for line in lines { #expect(line.count <= max(width, 56), "\(words): \(line)") }
    }
  }

  @Test func coloursAreOfTerminalsThatWantThem() throws {
    #expect(try run(["classify", Sample.article], width: 80, wantsNoColour: false)[0].hasPrefix("\u{1b}[34m"))
    #expect(try run(["classify", Sample.article], width: 80)[0].hasPrefix("navigation/menu  "))
  }
}
