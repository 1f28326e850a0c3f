import Chaff
import ChaffTraining

/// The choices of a toy model whose judgements are clear.
enum ToyModel {
  static var options: TrainingOptions {
    var options = Toy.fast
    // The standard pseudo-counts are made for a large corpus and would drown fifty rows.
    options.smoothing = [10, 10, 10]
    options.chainSmoothing = [1, 5]
    options.iterations = 15
    return options
  }
}
