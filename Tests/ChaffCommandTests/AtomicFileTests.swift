import Foundation
import Testing

@testable import ChaffCommand

/// Each test is one process's: signals are delivered to all of it, so they are tried on the built binary.
@Suite struct AtomicFileTests {
  private func contents(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test func writesAndReplaces() throws {
    let files = try Scratch()
    for text in ["one", "", "three"] {
      try AtomicFile.write(Array(text.utf8), to: files.path("file"))
      #expect(try contents(files.path("file")) == text)
    }
    #expect(try files.names() == ["file"])
  }

  @Test func linksAreFollowed() throws {
    let files = try Scratch()
    try files.write("folder/old", "old")
    let manager = FileManager.default
    for (link, destination) in [
      ("to-old", "folder/old"), ("to-new", "folder/new"), ("to-link", "to-far"), ("to-far", files.path("far")),
    ] {
      try manager.createSymbolicLink(atPath: files.path(link), withDestinationPath: destination)
    }
    for (link, file) in [("to-old", "folder/old"), ("to-new", "folder/new"), ("to-link", "far")] {
      try AtomicFile.write(Array(link.utf8), to: files.path(link))
      #expect(try contents(files.path(file)) == link)
      #expect((try? manager.destinationOfSymbolicLink(atPath: files.path(link))) != nil, "the link stays one")
    }
    #expect(try files.names() == ["far", "folder", "to-far", "to-link", "to-new", "to-old"])
    try manager.createSymbolicLink(atPath: files.path("circle"), withDestinationPath: "circle")
    try manager.createSymbolicLink(atPath: files.path("nowhere"), withDestinationPath: "no/such/folder")
    for link in ["circle", "nowhere"] {
      let error = #expect(throws: CommandError.self) { try AtomicFile.write([1], to: files.path(link)) }
      #expect(error?.code == .cannotCreate)
    }
  }

  @Test func manyAtOnceLeaveOneWhole() async throws {
    let files = try Scratch()
    let path = files.path("file")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<16 {
        group.addTask { try AtomicFile.write(Array(repeating: UInt8(0x41 + number), count: 100_000), to: path) }
      }
      try await group.waitForAll()
    }
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(bytes.count == 100_000 && Set(bytes).count == 1)
    #expect(try files.names() == ["file"])
  }

  /// SIGTERM, SIGINT and SIGHUP at moments of a training that come closer and closer to its end.
  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func signalsLeaveTheOldOrTheNewModel(_ number: Int32) throws {
    let files = try Scratch()
    let row = "content\tThe river rose by two metres.\nnav\tHome\n\n"
    let data = try files.write("data.tsv", String(repeating: row, count: 300))
    let model = files.path("model")
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try ChaffProcess(["train", data.path, "--output", model]).code == 0)
    let whole = clock.now - start
    let new = try Data(contentsOf: URL(fileURLWithPath: model))
    for step in 0..<6 {
      try Data("old".utf8).write(to: URL(fileURLWithPath: model))
      let process = Process()
      process.executableURL = ChaffProcess.binary
      process.arguments = ["train", data.path, "--output", model]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      usleep(UInt32(whole / .microseconds(1)) * UInt32(step) / 5)
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      let after = try Data(contentsOf: URL(fileURLWithPath: model))
      #expect(after == Data("old".utf8) || after == new)
      #expect(try files.names() == ["data.tsv", "model"])
    }
  }
}
