/// What follows from a confusion matrix, with intervals.
package struct MatrixFigures: Sendable {
  /// The figures of one class.
  package struct Row: Sendable, Equatable {
    package let name: String
    package let precision: Figure
    package let recall: Figure
    package let f1: Figure
    /// Lines of the class.
    package let support: Int
    /// Lines that were taken for it.
    package let predicted: Int
  }

  package let matrix: ConfusionMatrix
  package let rows: [Row]
  package let accuracy: Figure
  package let macroPrecision: Figure
  package let macroRecall: Figure
  package let macroF1: Figure

  /// - Parameters:
  ///   - pages: the matrices of the pages, which sum to `matrix`.
  ///   - groups: for each page what it is drawn with in the bootstrap.
  init(_ matrix: ConfusionMatrix, pages: [ConfusionMatrix], groups: [Int], seed: UInt64) {
    let classes = matrix.classes.indices
    let cells = SparseMatrices(pages, units: groups)
    let intervals = Bootstrap.intervals(units: (groups.max() ?? -1) + 1, count: classes.count + 4, seed: seed) {
      draws in
      let sum = cells.sum(draws, classes: matrix.classes)
      return classes.map { sum.f1($0) } + [sum.accuracy, sum.macroPrecision, sum.macroRecall, sum.macroF1]
    }
    self.matrix = matrix
    rows = classes.map { index in
      Row(
        name: matrix.classes[index],
        precision: .proportion(matrix.correct(index), of: matrix.predicted(index)),
        recall: .proportion(matrix.correct(index), of: matrix.support(index)),
        f1: Figure(matrix.f1(index), intervals[index]), support: matrix.support(index),
        predicted: matrix.predicted(index))
    }
    accuracy = Figure(matrix.accuracy, intervals[classes.count])
    macroPrecision = Figure(matrix.macroPrecision, intervals[classes.count + 1])
    macroRecall = Figure(matrix.macroRecall, intervals[classes.count + 2])
    macroF1 = Figure(matrix.macroF1, intervals[classes.count + 3])
  }
}
