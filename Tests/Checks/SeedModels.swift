import ChaffTraining

/// Small sound models and part files for fuzzing to begin with: trained anew, so that they always have the format of the
/// day.
package enum SeedModels {
  /// A seed of ``Check/model`` and one of ``Check/labelled`` for each of a few data sets, by name.
  package static func all() throws -> [(name: String, model: [UInt8], labelled: [UInt8])] {
    let tiny = "nav\tHome\ncontent\tThe cat\n\nnav\tHome\ncontent\tThe dog\n"
    let wide = (0..<20).map { "kind\($0 / 5)/number\($0)\tword\($0) of the \($0 % 3) line\n" }.joined()
    return try [("tiny", tiny), ("wide", wide + "\n" + wide), ("lone", "content\tAll there is\n")].map { name, text in
      let pages = try LabelledPageReader.read(Array(text.utf8), file: name)
      var options = TrainingOptions()
      options.minimumPages = [Int](repeating: 1, count: options.minimumPages.count)
      options.iterations = 2
      // The first byte says that a part file follows.
      return (name, try Trainer.train(pages, options: options).bytes, [4] + CountedPages(pages).bytes)
    }
  }
}
