extension ChaffMain {
  /// Runs `chaff` on the process's own arguments and streams, and ends the process.
  package static func runProcess() -> Never {
    System.ignoreFailedWrites()
    System.endOnQuit()
    let context = CommandContext(
      output: OutputStream(descriptor: System.standardOutput),
      isTerminal: System.isTerminal(System.standardOutput),
      isMessageTerminal: System.isTerminal(System.standardError),
      wantsNoColour: System.hasVariable("NO_COLOR"),
      terminalWidth: System.terminalWidth(System.standardOutput)
    ) { message in
      let bytes = Array(message.utf8)
      _ = bytes.withUnsafeBytes { System.write(System.standardError, $0) }
    }
    System.exit(run(Array(CommandLine.arguments.dropFirst()), context))
  }
}
