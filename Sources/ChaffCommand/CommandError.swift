/// Why a command ends early, with the exit code that says so.
package struct CommandError: Error, Sendable, Equatable {
  /// The exit codes of `chaff`, after BSD's sysexits.
  package enum Code: Int32, Sendable, CaseIterable {
    case success = 0
    case floorMissed = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case cannotCreate = 73
    case ioError = 74

    /// What the code means, for the table in `help`.
    package var meaning: String {
      switch self {
      case .success: "all went well"
      case .floorMissed: "a stated floor was missed"
      case .usage: "the command line is wrong"
      case .badData: "the input is wrong: labelled data, JSON Lines or a model"
      case .noInput: "an input file is missing or cannot be read"
      case .cannotCreate: "an output file cannot be created"
      case .ioError: "reading or writing failed"
      }
    }
  }

  package var code: Code
  /// In words, without "chaff: "; nil where all has been said.
  package var message: String?

  package init(_ code: Code, _ message: String?) {
    self.code = code
    self.message = message
  }

  package static func usage(_ message: String) -> CommandError { CommandError(.usage, message) }
}
