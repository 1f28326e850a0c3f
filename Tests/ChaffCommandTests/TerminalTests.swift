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
    let wide = try model.write("wide.txt", String(repeating: "新聞を購読する 📧 구독하기 ", count: 12) + "\n").path
    for words in [
      ["classify", Sample.article], ["evaluate", Self.page, "--errors", "2"],
      ["evaluate", data, "--cross-validate", "2"], ["evaluate", data, "--compare", "standard"], ["inspect"],
      ["check", Self.page], ["explain", Sample.article], ["classify", wide], ["explain", wide],
      ["classify", wide, "--reasons", "2"],
    ] {
      let lines = try run(words, width: width)
      #expect(!lines.isEmpty)
      for line in lines { #expect(TerminalText.width(line) <= width, "\(words): \(line)") }
    }
  }

  @Test func coloursAreOfTerminalsThatWantThem() throws {
    #expect(try run(["classify", Sample.article], width: 80, wantsNoColour: false)[0].hasPrefix("\u{1b}[34m"))
    #expect(try run(["classify", Sample.article], width: 80)[0].hasPrefix("navigation/menu  "))
    for words in [["inspect"], ["check", Self.page], ["explain", Sample.article]] {
      #expect(try run(words, width: 80, wantsNoColour: false).contains { $0.contains("\u{1b}[34m") }, "\(words)")
      #expect(try run(words, width: 80).allSatisfy { !$0.contains("\u{1b}") }, "\(words)")
    }
  }
}
