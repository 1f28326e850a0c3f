import Foundation
import Testing

/// `train --base` and `forget`.
@Suite struct TeachTests {
  private static let mine = """
    navigation/menu\tTide tables
    registration/newsletter\tGet the Harbour Letter every Friday

    """

  private func contents(_ files: Scratch, _ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: files.path(name)))
  }

  @Test func theStandardModelIsTaughtAndForgets() throws {
    let files = try Scratch()
    let mine = try files.write("mine.tsv", Self.mine).path
    let taught = try ChaffProcess(
      ["train", mine, "--base", "standard", "--weight", "5", "--output", files.path("own")])
    #expect(taught.code == 0)
    #expect(taught.messages.isEmpty)
    #expect(taught.output.hasPrefix("own rows  2 on 1 pages and parts\n"))
    #expect(taught.output.contains("of it so that rows can be forgotten (--sealed leaves that out)\n"))
    let line = "Get the Harbour Letter every Friday\n"
    #expect(
      try ChaffProcess(["classify", "--model", files.path("own")], input: line).output.hasPrefix(
        "registration/newsletter\t"))
    let inspected = try ChaffProcess(["inspect", files.path("own")])
    #expect(inspected.code == 0 && inspected.output.contains("\nrecord      "))
    #expect(try ChaffProcess(["forget", mine, "--base", files.path("own"), "--output", files.path("back")]).code == 0)
    let standard = Sample.root.appendingPathComponent("Sources/CStandardModel/standard.chaffmodel")
    #expect(try contents(files, "back") == Data(contentsOf: standard))
    let sealed = try ChaffProcess(["train", mine, "--base", "standard", "--sealed", "--output", files.path("sealed")])
    #expect(sealed.code == 0 && !sealed.output.contains("forgotten"))
    #expect(try !ChaffProcess(["inspect", files.path("sealed")]).output.contains("\nrecord "))
    #expect(try contents(files, "sealed").count < contents(files, "own").count * 6 / 10)
  }

  @Test func sealedIsTrainingOnAllRowsAtOnce() throws {
    let files = try Scratch()
    let data = try files.write("data.tsv", Sample.labelled).path
    let mine = try files.write("mine.tsv", "navigation/menu\tTide tables\ncontent/body\tThe ferry sailed.\n").path
    let base = files.path("base")
    #expect(try ChaffProcess(["train", data, "--minimum-pages", "1", "--output", base]).code == 0)
    #expect(
      try ChaffProcess(["train", mine, "--base", base, "--sealed", "--output", files.path("taught")]).code == 0)
    #expect(
      try ChaffProcess(["train", data, mine, "--parameters-of", base, "--output", files.path("once")]).code == 0)
    #expect(try contents(files, "taught") == contents(files, "once"))
  }

  @Test func aPartAsBaseIsTrainingOnAllRows() throws {
    let files = try Scratch()
    let data = try files.write("data.tsv", Sample.labelled).path
    let mine = try files.write("mine.tsv", Self.mine).path
    #expect(try ChaffProcess(["count", data, "--output", files.path("part")]).code == 0)
    #expect(try ChaffProcess(["train", mine, "--base", files.path("part"), "--output", files.path("1")]).code == 0)
    #expect(try ChaffProcess(["train", mine, data, "--output", files.path("2")]).code == 0)
    #expect(try contents(files, "1") == contents(files, "2"))
    let weighted = ["--base", files.path("part"), "--weight", "5", "--output", files.path("5")]
    #expect(try ChaffProcess(["train", mine] + weighted).code == 0)
    #expect(try contents(files, "5") != contents(files, "1"))
  }

  @Test func whatWasNeverLearntChangesNothing() throws {
    let files = try Scratch()
    let mine = try files.write("mine.tsv", Self.mine).path
    let own = files.path("own")
    #expect(try ChaffProcess(["train", mine, "--base", "standard", "--output", own]).code == 0)
    let before = try contents(files, "own")
    let other = try files.write("other.tsv", "navigation/menu\tTide tables\nnavigation/menu\tMoorings\n").path
    let result = try ChaffProcess(["forget", other, "--base", own, "--output", own])
    #expect(result.code == 65)
    #expect(result.messages == "chaff: \(other):2: \(own) has not learnt this row, or not as often\n")
    #expect(try contents(files, "own") == before)
    #expect(try files.names() == ["mine.tsv", "other.tsv", "own"])
  }

  @Test func anUnknownLabelIsNamed() throws {
    let files = try Scratch()
    let mine = try files.write("mine.tsv", "navigation/menu\tHome\nnavigation/meny\tNews\n").path
    let result = try ChaffProcess(["train", mine, "--base", "standard", "--output", files.path("own")])
    #expect(result.code == 65)
    #expect(
      result.messages
        == "chaff: \(mine):2: standard has no label \"navigation/meny\"; a new label needs training on all rows\n")
  }

  @Test(arguments: [
    (["--weight", "5"], "--weight goes with --base"),
    (["--sealed"], "--sealed goes with --base MODEL"),
    (["--base", "standard", "--folds", "3"], "--folds does not go with --base MODEL: that model's numbers are kept"),
    (["--base", "standard", "--parameters-of", "standard"], "--parameters-of does not go with --base MODEL"),
    (["--base", "standard", "--weight", "0"], "--weight is a whole number from 1 to 1000, not '0'"),
    (
      ["--parameters-of", "standard", "--smoothing", "3"],
      "--smoothing does not go with --parameters-of: that model's numbers are kept"
    ),
  ])
  func optionsWithoutEffectAreRefused(options: [String], reason: String) throws {
    let files = try Scratch()
    let mine = try files.write("mine.tsv", Self.mine).path
    let result = try ChaffProcess(["train", mine, "--output", files.path("own")] + options)
    #expect(result.code == 64)
    #expect(result.messages == "chaff: \(reason)\n")
    #expect(try files.names() == ["mine.tsv"])
  }

  @Test func missingBases() throws {
    let files = try Scratch()
    let mine = try files.write("mine.tsv", Self.mine).path
    let out = files.path("own")
    #expect(try ChaffProcess(["train", mine, "--base", "/no/model", "--output", out]).code == 66)
    #expect(try ChaffProcess(["train", mine, "--base", mine, "--output", out]).code == 65)
    #expect(try ChaffProcess(["forget", mine, "--base", "/no/model", "--output", out]).code == 66)
    #expect(try ChaffProcess(["forget", mine, "--output", out]).code == 64)
    #expect(try ChaffProcess(["forget", mine, "--base", "standard"]).code == 64)
  }
}
