import Chaff

/// What a verb works with: where data goes, where messages go, and what the terminal can do.
package struct CommandContext {
  package let output: OutputStream
  package let isTerminal: Bool
  package let isMessageTerminal: Bool
  package let wantsNoColour: Bool
  /// Columns of the terminal that data goes to; nil if it is none.
  package let terminalWidth: Int?
  private let sendMessage: (String) -> Void

  package init(
    output: OutputStream, isTerminal: Bool, isMessageTerminal: Bool, wantsNoColour: Bool,
    terminalWidth: Int? = nil, sendMessage: @escaping (String) -> Void
  ) {
    self.output = output
    self.isTerminal = isTerminal
    self.isMessageTerminal = isMessageTerminal
    self.wantsNoColour = wantsNoColour
    self.terminalWidth = terminalWidth
    self.sendMessage = sendMessage
  }

  /// Says something on standard error, as `chaff: …`, on one line.
  ///
  /// Names of files and what stands in them come from strangers: nothing in a message can steer the terminal.
  package func say(_ message: String) {
    var safe: [UInt8] = []
    SafeText.append(message.utf8, to: &safe)
    sendMessage("chaff: \(String(decoding: safe, as: UTF8.self))\n")
  }

  /// Writes to standard output.
  package func print(_ text: String) throws(CommandError) {
    do throws(OutputStream.Failure) { try output.write(text) } catch { throw .writing(error) }
  }
}

extension CommandError {
  /// A failed write; a closed pipe is a quiet end.
  static func writing(_ failure: OutputStream.Failure) -> CommandError {
    switch failure {
    case .brokenPipe: CommandError(.success, nil)
    case .failed(let reason): CommandError(.ioError, "standard output: \(reason)")
    }
  }
}
