import Testing

struct ThreadsTests {
  /// Lines of one page, more than three windows of it, a blank one now and then.
  private let page = (0..<9000).map { index in
    ["Home", "", "The vote passed by 7 to 2 late on Monday, the mayor said.", "Sign up to our newsletter", "© 2024"][
      index * 7 % 5]
  }.joined(separator: "\n")

  @Test(arguments: ["2", "3", "7"])
  func `Plain text comes out the same for any number of threads`(_ threads: String) throws {
    for verb in ["classify", "clean"] {
      let one = try ChaffProcess([verb], input: page)
      let several = try ChaffProcess([verb, "--threads", threads], input: page)
      #expect(one.code == 0 && several.code == 0 && !one.output.isEmpty)
      #expect(several.output == one.output)
    }
  }

  @Test func `JSON Lines come out the same, and in order`() throws {
    let objects = (0..<4000).map { #"{"id": \#($0), "text": "Home\nThe vote passed by 7 to \#($0) late on Monday."}"# }
    let input = objects.joined(separator: "\n") + "\n{\n"
    let one = try ChaffProcess(["classify", "--input", "jsonl"], input: input)
    let several = try ChaffProcess(["classify", "--input", "jsonl", "--threads", "3"], input: input)
    #expect(one.code == 65 && one.rows.count == 4000)
    #expect(several.output == one.output && several.messages == one.messages && several.code == 65)
  }

  @Test func `A line of any length comes out whole`() throws {
    let long = String(repeating: "The river was closed on Monday. ", count: 20_000)
    for end in ["", "\n", "\r\n"] {
      let result = try ChaffProcess(["classify", "--threads", "2"], input: "Home\n" + long + end)
      #expect(result.rows.count == 2)
      #expect(result.rows.last?.split(separator: "\t").last.map(String.init) == long)
      let clean = try ChaffProcess(["clean"], input: "Home\n" + long + end)
      #expect(clean.output.hasSuffix(long + end))
    }
  }

  @Test func `A number of threads that is none is refused`() throws {
    for threads in ["0", "65", "two"] { #expect(try ChaffProcess(["classify", "--threads", threads]).code == 64) }
  }
}
