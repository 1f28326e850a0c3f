import ChaffTraining
import Foundation

/// Writes small sound models and a part file, for fuzzing to begin with: they are trained anew, so that they always have
/// the format of the day.
///
///     ModelSeeds FOLDER-OF-MODELS FOLDER-OF-LABELLED
@main
struct ModelSeeds {
  static func main() throws {
    let tiny = "nav\tHome\ncontent\tThe cat\n\nnav\tHome\ncontent\tThe dog\n"
    let wide = (0..<20).map { "kind\($0 / 5)/number\($0)\tword\($0) of the \($0 % 3) line\n" }.joined()
    let lone = "content\tAll there is\n"
    for (name, text) in [("tiny", tiny), ("wide", wide + "\n" + wide), ("lone", lone)] {
      let pages = try LabelledPageReader.read(Array(text.utf8), file: name)
      var options = TrainingOptions()
      options.minimumPages = [Int](repeating: 1, count: options.minimumPages.count)
      options.iterations = 2
      let model = try Trainer.train(pages, options: options).bytes
      try write(model, CommandLine.arguments[1], name)
      // The first byte tells the target that a part file follows.
      try write([4] + CountedPages(pages).bytes, CommandLine.arguments[2], name)
    }
  }

  private static func write(_ bytes: [UInt8], _ folder: String, _ name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(name))
  }
}
