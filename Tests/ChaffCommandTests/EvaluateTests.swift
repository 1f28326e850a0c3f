import Foundation
import Testing

@Suite struct EvaluateTests {
  private func sampleModel(_ files: Scratch) throws -> (data: String, model: String) {
    let data = try files.write("a.tsv", Sample.labelled).path
    let model = files.path("model")
    #expect(try ChaffProcess(["train", data, "--output", model]).code == 0)
    return (data, model)
  }

  @Test func printsJSON() throws {
    let files = try Scratch()
    let (data, model) = try sampleModel(files)
    let result = try ChaffProcess(["evaluate", "--json", data, "--model=\(model)"])
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(parsed["lines"] as? Int == 7)
    #expect(parsed["pages"] as? Int == 2)
    let categories = try #require(parsed["categories"] as? [String: Any])
    let confusion = try #require(categories["confusion"] as? [[Int]])
    #expect(confusion.flatMap { $0 }.reduce(0, +) == 7)
  }

  @Test func aMissedFloorEndsWithOne() throws {
    let files = try Scratch()
    let (data, model) = try sampleModel(files)
    let reached = try ChaffProcess(["evaluate", data, "--model", model, "--floor", "accuracy=0"])
    #expect(reached.code == 0)
    // An undefined figure does not reach any floor: the model never saw "registration".
    try files.write("b.tsv", "registration/paywall\tSubscribe to read on.\n")
    let missed = try ChaffProcess(
      [
        "evaluate", files.path("b.tsv"), "--model", model, "--floor", "accuracy=0.5", "--floor",
        "registration.precision=0.1",
      ])
    #expect(missed.code == 1)
    #expect(missed.messages.contains("floor missed: accuracy is 0.0000, at least 0.5 was asked for"))
    #expect(missed.messages.contains("floor missed: registration.precision is n/a"))
    #expect(missed.output.contains("n/a"))
  }

  @Test(arguments: ["accuracy", "accuracy=2", "speed=0.5", "content.length=0.5"])
  func refusesAnUnknownFloor(floor: String) throws {
    let result = try ChaffProcess(["evaluate", Sample.article, "--floor", floor])
    #expect(result.code == 64)
  }
}
