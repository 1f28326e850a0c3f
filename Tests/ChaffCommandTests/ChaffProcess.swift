import Foundation
import Testing

/// Runs the `chaff` that was built beside the tests.
struct ChaffProcess {
  let outputBytes: [UInt8]
  let messages: String
  let code: Int32

  var output: String { String(decoding: outputBytes, as: UTF8.self) }

  /// The lines of the output, without the last line end.
  var rows: [String] {
    output.isEmpty
      ? []
      : output.split(separator: "\n", omittingEmptySubsequences: false).dropLast(output.hasSuffix("\n") ? 1 : 0).map(
        String.init)
  }

  /// The built binary: it lies in the folder of the test bundle.
  static let binary: URL = {
    let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    var folder = tests
    // On macOS the bundle is a few folders deeper.
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("chaff")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder = folder.deletingLastPathComponent()
    }
    return tests.appendingPathComponent("chaff")
  }()

  /// Runs with words and standard input and waits for the end.
  init(
    _ words: [String], input: String = "", bytes: [UInt8]? = nil, binary: URL = Self.binary,
    environment: [String: String] = [:],
    folder: URL? = nil
  ) throws {
    let process = Process()
    process.executableURL = binary
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    let files = try Scratch()
    let inputFile = try files.write("input", bytes ?? Array(input.utf8))
    let (outputFile, errorFile) = (try files.write("output", ""), try files.write("messages", ""))
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    outputBytes = Array(try Data(contentsOf: outputFile))
    messages = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
    code = process.terminationStatus
  }
}

/// A folder that goes when it is no longer used.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("chaff-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> URL { try write(name, Array(text.utf8)) }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> URL {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The names of what lies in the folder.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
}

/// Small inputs that several tests use.
enum Sample {
  /// The checkout.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let article = root.appendingPathComponent("Tests/Samples/article.txt").path

  /// Two labels, two pages.
  static let labelled = """
    # first page
    content/body\tThe river rose by two metres on Sunday night.
    content/body\tNobody was hurt, the mayor said on Monday.
    navigation/menu\tHome
    navigation/menu\tContact us

    content/body\tThe bridge was closed for a week, the council said.
    navigation/menu\tHome
    navigation/menu\tAbout us

    """
}
