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

  @Test func anUnknownClassIsRefusedBeforeAnythingRuns() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled).path
    let report = files.path("report.html")
    let floor = try ChaffProcess(["evaluate", data, "--floor", "sports.f1=0.5", "--report", report])
    #expect(floor.code == 64 && floor.output.isEmpty)
    let goal = try ChaffProcess(["evaluate", data, "--threshold-for", "contant.recall=0.5", "--report", report])
    #expect(goal.code == 64 && goal.messages.contains("did you mean 'content'?"))
    #expect(try files.names() == ["a.tsv"])
  }

  @Test(arguments: [
    ["--cross-validate", "1"], ["--cross-validate", "3", "--model", "x"], ["--cross-validate", "2", "--compare", "x"],
    ["--threshold-for", "content.recall"], ["--errors", "-1"], ["--seed", "x"], ["--color", "blue"],
    ["--report-pages", "5"], ["--report", "/tmp/never.html", "--report-pages", "0"],
  ])
  func refusesWhatCannotBe(options: [String]) throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled).path
    #expect(try ChaffProcess(["evaluate", data] + options).code == 64)
  }

  @Test func crossValidates() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled).path
    let result = try ChaffProcess(["evaluate", data, "--cross-validate", "2", "--json"])
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let part = try #require(parsed["cross_validation"] as? [String: Any])
    #expect((part["folds"] as? [Any])?.count == 2)
    #expect(result.output == (try ChaffProcess(["evaluate", data, "--cross-validate", "2", "--json"]).output))
    let text = try ChaffProcess(["evaluate", data, "--cross-validate", "2", "--seed", "5"])
    #expect(text.output.hasPrefix("2 folds, seed 5;"))
    let tooMany = try ChaffProcess(["evaluate", data, "--cross-validate", "3"])
    #expect(tooMany.code == 65 && tooMany.messages.contains("2 pages or sites are too few for 3 folds"))
  }

  @Test func comparesModels() throws {
    let files = try Scratch()
    let (data, model) = try sampleModel(files)
    let result = try ChaffProcess(["evaluate", data, "--compare", model])
    #expect(result.code == 0)
    #expect(result.output.contains("A is standard, B is \(model)"))
    #expect(result.output.contains("McNemar p ="))
    let json = try ChaffProcess(["evaluate", data, "--compare", model, "--json"])
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((parsed["comparison"] as? [String: Any])?["second"] as? String == model)
  }

  @Test func printsThresholdsForClean() throws {
    let result = try ChaffProcess([
      "evaluate", Self.extracted, "--threshold-for", "content.recall=0.9", "--threshold-for", "content.precision=0.9",
    ])
    #expect(result.code == 0 && result.rows.count == 2)
    #expect(result.rows.allSatisfy { Double($0).map { (0...1).contains($0) } ?? false })
    let never = try ChaffProcess(["evaluate", Self.extracted, "--threshold-for", "donation.precision=1"])
    #expect(never.code == 1 && never.messages.contains("no threshold gives donation"))
  }

  /// A page of the project's own data.
  private static let extracted = Sample.root.appendingPathComponent("TrainingData/extracted/the-monday-trowel.tsv").path

  @Test func showsErrorsWithReasons() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", "registration/paywall\tHome\nnavigation/menu\tSport\n").path
    let result = try ChaffProcess(["evaluate", data, "--errors", "3"])
    #expect(result.output.contains("registration taken for navigation: 1 lines"))
    #expect(result.output.contains("a.tsv:1"))
    #expect(result.output.contains("navigation/menu, is registration/paywall:"))
    let json = try ChaffProcess(["evaluate", data, "--errors", "3", "--json"])
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let groups = try #require(parsed["errors"] as? [[String: Any]])
    let line = try #require((groups[0]["lines"] as? [[String: Any]])?[0])
    #expect(line["text"] as? String == "Home" && (line["reasons"] as? [Any])?.count == 3)
  }

  @Test func writesPredictions() throws {
    let files = try Scratch()
    let data = try files.write("a.tsv", Sample.labelled).path
    #expect(try ChaffProcess(["evaluate", data, "--predictions", files.path("p.jsonl")]).code == 0)
    let rows = try String(contentsOfFile: files.path("p.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(rows.count == 7)
    for row in rows {
      let parsed = try #require(try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any])
      let probabilities = try #require(parsed["probabilities"] as? [String: Double])
      #expect(abs(probabilities.values.reduce(0, +) - 1) <= 1e-5)
    }
  }

  @Test func reportsAreWholeAndHarmless() throws {
    let files = try Scratch()
    let hostile =
      "content/body\t<script>alert(1)</script> \"quoted\" & 'single' \u{202e}turned\nnavigation/menu\t</title><img src=x>\n"
    let data = try files.write("<b>&.tsv", hostile).path
    #expect(try ChaffProcess(["evaluate", data, "--report", files.path("r.html")]).code == 0)
    let html = try String(contentsOfFile: files.path("r.html"), encoding: .utf8)
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
    #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("\u{202e}") && !html.contains("<b>"))
    #expect(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("url("))
  }
}
