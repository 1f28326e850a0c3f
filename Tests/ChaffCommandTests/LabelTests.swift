import Testing

/// What `chaff label` says before it needs a terminal; `Tests/Scripts/label-terminal.py` drives the rest.
@Suite struct LabelTests {
  @Test func wrongCommandLines() throws {
    let files = try Scratch()
    let page = try files.write("page.txt", "Home\n").path
    #expect(try ChaffProcess(["label", page]).code == 64)
    #expect(try ChaffProcess(["label", "--output", files.path("mine.tsv")]).code == 64)
    let order = try ChaffProcess(["label", page, "--output", files.path("mine.tsv"), "--order", "uncertian"])
    #expect(order.code == 64)
    #expect(order.messages.contains("did you mean 'uncertain'?"))
    #expect(try files.names() == ["page.txt"])
  }

  @Test func pagesThatCannotBeLabelled() throws {
    let files = try Scratch()
    let output = files.path("mine.tsv")
    #expect(try ChaffProcess(["label", "/no/page", "--output", output]).code == 66)
    let empty = try files.write("empty.txt", "\n \n").path
    let nothing = try ChaffProcess(["label", empty, "--output", output])
    #expect(nothing.code == 65)
    #expect(nothing.messages == "chaff: no lines to label\n")
    let wrong = try files.write("wrong.jsonl", "{\"text\": \"Home\"}\n{\"body\": 1}\n").path
    let json = try ChaffProcess(["label", wrong, "--output", output])
    #expect(json.code == 65)
    #expect(json.messages.hasPrefix("chaff: \(wrong):2: "))
    #expect(try files.names() == ["empty.txt", "wrong.jsonl"])
  }

  /// The labels of an earlier session are never written over by a run that cannot read them.
  @Test func anOutputThatIsNoLabelledPage() throws {
    let files = try Scratch()
    let page = try files.write("page.txt", "Home\n").path
    let output = try files.write("mine.tsv", "nonsense\n").path
    let result = try ChaffProcess(["label", page, "--output", output])
    #expect(result.code == 65)
    #expect(result.messages == "chaff: \(output):1: no tab between label and text\n")
    #expect(try files.names().contains("mine.tsv"))
  }
}
