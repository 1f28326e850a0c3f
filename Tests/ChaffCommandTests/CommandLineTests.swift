import Foundation
import Testing

@Suite struct CommandLineTests {
  @Test(arguments: ["classify", "clean", "train", "evaluate", "check", "inspect"])
  func everyVerbHasHelp(verb: String) throws {
    let result = try ChaffProcess([verb, "--help"])
    #expect(result.code == 0)
    #expect(result.messages.isEmpty)
    for part in ["OVERVIEW: ", "USAGE: chaff \(verb)", "ARGUMENTS:", "OPTIONS:", "--help"] {
      #expect(result.output.contains(part))
    }
    #expect(result.rows.allSatisfy { !$0.hasPrefix(" ") || $0.count <= 80 })
    #expect(result.output == (try ChaffProcess(["help", verb]).output))
  }

  /// Verbs are found by names that stand beside what they take.
  @Test func verbsAreCalledAsTheySay() throws {
    let names = try ChaffProcess(["help"]).rows.drop { $0 != "VERBS:" }.dropFirst().prefix { $0.hasPrefix("  ") }
      .compactMap { $0.hasPrefix("   ") ? nil : $0.split(separator: " ").first.map(String.init) }
    #expect(names.count == 12 && names.last == "help")
    for verb in names.dropLast() {
      #expect(try ChaffProcess([verb, "--help"]).output.contains("USAGE: chaff \(verb) "))
    }
  }

  @Test func helpHasTheExitCodes() throws {
    let result = try ChaffProcess(["help"])
    #expect(result.code == 0)
    for code in ["0", "1", "64", "65", "66", "73", "74"] {
      #expect(result.rows.contains { $0.hasPrefix("  \(code) ") })
    }
    #expect(result.output == (try ChaffProcess(["--help"]).output))
  }

  @Test func version() throws {
    #expect(try ChaffProcess(["--version"]).output.hasPrefix("chaff "))
  }

  @Test(arguments: [
    (["clasify"], "unknown verb 'clasify'; did you mean 'classify'?"),
    (["frobnicate"], "unknown verb 'frobnicate'; see 'chaff help'"),
    (["classify", "--modle", "x"], "unknown option '--modle'; did you mean '--model'?"),
    (["classify", "--model"], "option '--model' needs a value"),
    (["classify", "--model", "a", "--model", "b"], "option '--model' stands twice"),
    (["classify", "--lines-alone=yes"], "option '--lines-alone' takes no value"),
    (["classify", "--format", "jsn"], "--format is one of auto, tsv, jsonl, html, not 'jsn'"),
    (["inspect", "a", "b"], "inspect: unexpected argument 'b'; see 'chaff inspect --help'"),
    (["clean", "--threshold", "2"], "--threshold is a number from 0.0 to 1.0, not '2'"),
    ([], "a verb is missing; see 'chaff help'"),
  ])
  func usageErrors(words: [String], message: String) throws {
    let result = try ChaffProcess(words)
    #expect(result.code == 64)
    #expect(result.output.isEmpty)
    #expect(result.messages == "chaff: \(message)\n")
  }

  @Test func afterTwoDashesAllAreFiles() throws {
    let files = try Scratch()
    try files.write("--help", "The vote passed.\n")
    let result = try ChaffProcess(["classify", "--", "--help"], folder: files.folder)
    #expect(result.code == 0)
    #expect(result.output.hasSuffix("The vote passed.\n"))
  }

  @Test func aClosedPipeEndsQuietly() throws {
    let files = try Scratch()
    let text = String(repeating: "The vote passed by 7 to 2 late on Monday.\n", count: 50_000)
    let input = try files.write("long.txt", text)
    let shell = Process()
    let messages = try files.write("messages", "")
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "('\(ChaffProcess.binary.path)' classify '\(input.path)'; echo $? >&2) | head -n 1 >/dev/null",
    ]
    shell.standardError = try FileHandle(forWritingTo: messages)
    try shell.run()
    shell.waitUntilExit()
    #expect(try String(contentsOf: messages, encoding: .utf8) == "0\n")
  }

  @Test func aFullDiskIsAnError() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let process = Process()
    let files = try Scratch()
    let messages = try files.write("messages", "")
    process.executableURL = ChaffProcess.binary
    process.arguments = ["classify", Sample.article]
    process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 74)
    #expect(try String(contentsOf: messages, encoding: .utf8) == "chaff: standard output: No space left on device\n")
  }
}
