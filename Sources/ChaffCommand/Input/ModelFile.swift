import Chaff

/// Opens the model that a command line names.
enum ModelFile {
  /// The name of the embedded model.
  static let standard = "standard"

  /// The model at a path; the embedded one if there is none.
  static func open(_ path: String?) throws(CommandError) -> LineClassifier {
    guard let path, path != standard else { return .standard }
    let bytes = try WholeFile.read(path, while: ModelFormat.mayGoOn)
    do throws(ModelError) {
      return try LineClassifier(modelBytes: bytes)
    } catch {
      throw CommandError(.badData, "\(path): \(error)")
    }
  }

  /// Writes a model that was just made, once it is certain that it opens.
  static func write(_ bytes: [UInt8], to output: String) throws(CommandError) {
    do throws(ModelError) {
      _ = try LineClassifier(modelBytes: bytes)
    } catch {
      throw CommandError(.badData, "no model can be made of this data: \(error)")
    }
    try AtomicFile.write(bytes, to: output)
  }
}
