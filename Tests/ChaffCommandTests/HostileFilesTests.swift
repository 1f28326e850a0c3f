import Foundation
import Testing

/// Files, devices and pipes that do not behave.
@Suite struct HostileFilesTests {
  /// Runs a line of the shell in which `$chaff` is the binary and `$dir` a folder of its own.
  private func shell(_ line: String, _ files: Scratch) throws -> ChaffProcess {
    try ChaffProcess(
      ["-c", line], binary: URL(fileURLWithPath: "/bin/sh"),
      environment: ["chaff": ChaffProcess.binary.path, "dir": files.folder.path])
  }

  @Test func othersAreDoneThoughOneIsMissing() throws {
    let files = try Scratch()
    let (a, b) = (try files.write("a.txt", "Home\n"), try files.write("b.txt", "News\n"))
    for bad in ["/no/such/file", files.folder.path] {
      for verb in [
        ["classify"], ["clean", "--threshold", "0"], ["classify", "--format", "jsonl"],
        ["classify", "--format", "html"],
      ] {
        let result = try ChaffProcess(verb + [a.path, bad, b.path])
        #expect(result.code == 66)
        #expect(result.messages.hasPrefix("chaff: \(bad): "))
        #expect(result.messages.split(separator: "\n").count == 1, "said once")
        #expect(result.output.contains("Home") && result.output.contains("News"))
      }
    }
  }

  @Test func fullDisk() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let files = try Scratch()
    try files.write("data.tsv", Sample.labelled)
    let verbs = [
      "classify \(Sample.article)", "clean \(Sample.article)", "classify --format html \(Sample.article)",
      "classify --format jsonl \(Sample.article)", "inspect", "help", "help train", "--version",
      "check --any-label $dir/data.tsv",
      "evaluate $dir/data.tsv", "count $dir/data.tsv --output -",
    ]
    for verb in verbs {
      let result = try shell("\"$chaff\" \(verb) > /dev/full", files)
      #expect(result.code == 74, "\(verb)")
      #expect(result.messages == "chaff: standard output: No space left on device\n", "\(verb)")
    }
  }

  /// The size that a file may have ends before the model does: an error, no half of a model, and the old one stays.
  @Test func modelThatDoesNotFit() throws {
    let files = try Scratch()
    try files.write("data.tsv", Sample.labelled)
    try files.write("model", "old")
    let result = try shell("ulimit -f 1; \"$chaff\" train $dir/data.tsv --output $dir/model", files)
    #expect(result.code == 74)
    #expect(result.messages.hasSuffix("model: File too large\n"))
    #expect(try String(contentsOf: files.folder.appendingPathComponent("model"), encoding: .utf8) == "old")
    #expect(try files.names() == ["data.tsv", "model"])
  }

  @Test func closedPipe() throws {
    let files = try Scratch()
    try files.write("page.txt", String(repeating: "Sign up to our newsletter\n", count: 300_000))
    for verb in ["classify", "clean --threshold 0", "classify --format jsonl"] {
      let result = try shell("{ \"$chaff\" \(verb) $dir/page.txt; echo $? >&2; } | head -c 10", files)
      #expect(result.messages == "0\n", "a reader that has gone is a quiet end")
      #expect(result.outputBytes.count == 10)
    }
  }

  @Test func modelsThatAreNoFiles() throws {
    let files = try Scratch()
    let folder = try ChaffProcess(["classify", "--model", files.folder.path])
    #expect(folder.code == 66)
    #expect(folder.messages == "chaff: \(files.folder.path): Is a directory\n")
    // Neither may be read to its end: it has none.
    for device in ["/dev/zero", "/dev/urandom"] where FileManager.default.fileExists(atPath: device) {
      let result = try ChaffProcess(["classify", "--model", device])
      #expect(result.code == 65)
      #expect(result.messages == "chaff: \(device): not a Chaff model\n")
      let part = try ChaffProcess(["merge", device, "--output", files.path("model")])
      #expect(part.code == 65)
    }
    // A model may come through a pipe.
    try files.write("data.tsv", Sample.labelled)
    let piped = try shell(
      "\"$chaff\" train $dir/data.tsv --output $dir/m >&2 && cat $dir/m | \"$chaff\" inspect /dev/stdin", files)
    #expect(piped.code == 0)
    #expect(piped.output.contains("content/body"))
  }

  @Test func headerThatStatesTooMuch() throws {
    let files = try Scratch()
    for length in [UInt64.max, 1 << 40, 1 << 30 + 1] as [UInt64] {
      var bytes = Array("CHAFFMDL".utf8)
      bytes += [1, 0, 0, 0, 1, 0, 0, 0] as [UInt8]
      for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: length >> UInt64(8 * byte))) }
      bytes += [UInt8](repeating: 0, count: 500)
      let model = try files.write("model", bytes)
      #expect(try ChaffProcess(["inspect", model.path]).code == 65)
    }
  }

  @Test func outputsThatCannotBe() throws {
    let files = try Scratch()
    let data = try files.write("data.tsv", Sample.labelled)
    func train(_ output: String) throws -> ChaffProcess { try ChaffProcess(["train", data.path, "--output", output]) }
    #expect(try train("").code == 64)
    for (output, reason) in [
      (files.path("new") + "/", "is the name of a folder"), (files.folder.path, "is a folder"),
      ("/dev/null", "is not a regular file"), (files.path("no/model"), "No such file or directory"),
    ] {
      let result = try train(output)
      #expect(result.code == 73, "\(output)")
      #expect(result.messages == "chaff: \(output): \(reason)\n")
    }
    // Whatever standard output is, a name for it is no file of ours.
    let stdout = try shell("\"$chaff\" train $dir/data.tsv --output /dev/stdout > $dir/out", files)
    #expect(stdout.code == 73)
    #expect(try files.names() == ["data.tsv", "out"])
  }

  /// What cannot be written is said before the work, not after it.
  @Test func outputIsLookedAtFirst() throws {
    let result = try ChaffProcess(["train", "/no/data", "--output", "/no/such/folder/model"])
    #expect(result.code == 73)
    for option in ["--report", "--predictions"] {
      let result = try ChaffProcess(["evaluate", "/no/data", option, "/no/such/folder/file"])
      #expect(result.code == 73)
      #expect(result.messages == "chaff: /no/such/folder/file: No such file or directory\n")
    }
    let same = try ChaffProcess(["evaluate", "/no/data", "--report", "a", "--predictions", "a"])
    #expect(same.code == 64)
  }

  @Test func readOnlyFolderAndModel() throws {
    let files = try Scratch()
    try files.write("data.tsv", Sample.labelled)
    try files.write("model", "old")
    // Root may write anywhere, so the test steps down.
    let drop = getuid() == 0 ? "setpriv --reuid 65534 --clear-groups " : ""
    guard drop.isEmpty || FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else { return }
    let reachable = try shell("chmod 755 $dir; \(drop)\"$chaff\" --version", files)
    guard reachable.code == 0 else { return }
    let folder = try shell(
      "chmod 555 $dir; \(drop)\"$chaff\" train $dir/data.tsv --output $dir/new; r=$?; chmod 755 $dir; exit $r", files)
    #expect(folder.code == 73)
    #expect(folder.messages.hasSuffix("new: Permission denied\n"))
    let model = try shell(
      "chmod 444 $dir/model; chmod 777 $dir; \(drop)\"$chaff\" train $dir/data.tsv --output $dir/model", files)
    #expect(model.code == 73, "a model that nobody may write is not replaced")
    #expect(try files.names() == ["data.tsv", "model"])
    let unreadable = try shell("chmod 000 $dir/model; \(drop)\"$chaff\" classify $dir/model \(Sample.article)", files)
    #expect(unreadable.code == 66)
    #expect(unreadable.messages.hasSuffix("model: Permission denied\n"))
    #expect(!unreadable.rows.isEmpty)
  }

  @Test func permissionsAreHandedOn() throws {
    let files = try Scratch()
    try files.write("data.tsv", Sample.labelled)
    try files.write("model", "old")
    let result = try shell(
      """
      chmod 640 $dir/model; umask 022
      for name in model new; do "$chaff" train $dir/data.tsv --output $dir/$name >&2; done
      ls -l $dir | cut -c1-10
      """, files)
    #expect(result.rows.dropFirst().contains("-rw-r-----"), "as the old one had")
    #expect(result.rows.filter { $0 == "-rw-r--r--" }.count == 2, "as any new file has")
  }

  @Test func noEnvironmentVariableChangesAResult() throws {
    let plain = try ChaffProcess(["classify", Sample.article])
    let hostile = [
      "LANG": "tr_TR.UTF-8", "LC_ALL": "de_DE.UTF-8", "LC_NUMERIC": "de_DE", "NO_COLOR": "1", "TERM": "dumb",
      "TZ": "Asia/Kolkata",
      "SWIFT_DETERMINISTIC_HASHING": "1", "HOME": "/nonexistent", "TMPDIR": "/nonexistent", "COLUMNS": "1",
    ]
    let changed = try ChaffProcess(["classify", Sample.article], environment: hostile)
    #expect(changed.outputBytes == plain.outputBytes)
    let files = try Scratch()
    let data = try files.write("data.tsv", Sample.labelled)
    for (name, environment) in [("a", [:]), ("b", hostile)] {
      #expect(try ChaffProcess(["train", data.path, "--output", files.path(name)], environment: environment).code == 0)
    }
    let models = try ["a", "b"].map { try Data(contentsOf: URL(fileURLWithPath: files.path($0))) }
    #expect(models[0] == models[1])
  }
}
