/// What a verb takes, for parsing and for help.
package struct CommandSpecification: Sendable {
  /// An option, long form only, with or without a value.
  package struct Option: Sendable {
    /// Without the dashes.
    package var name: String
    /// What stands for its value in help; nil for a flag.
    package var value: String?
    package var help: String
    package var isRepeatable: Bool

    package init(_ name: String, value: String? = nil, help: String, isRepeatable: Bool = false) {
      self.name = name
      self.value = value
      self.help = help
      self.isRepeatable = isRepeatable
    }
  }

  package var verb: String
  package var overview: String
  /// How arguments stand in the usage line: "[FILE…]".
  package var argumentUsage: String
  package var argumentHelp: [(name: String, help: String)]
  package var options: [Option]
  /// How many arguments there may be.
  package var argumentCount: ClosedRange<Int>

  package init(
    verb: String, overview: String, argumentUsage: String = "", argumentHelp: [(name: String, help: String)] = [],
    argumentCount: ClosedRange<Int> = 0...0, options: [Option]
  ) {
    self.verb = verb
    self.overview = overview
    self.argumentUsage = argumentUsage
    self.argumentHelp = argumentHelp
    self.argumentCount = argumentCount
    self.options = options
  }
}

extension CommandSpecification {
  /// The help page.
  package var help: String {
    var text = HelpText.paragraphs("OVERVIEW: \(overview)") + "\n\nUSAGE: chaff \(verb)"
    if !options.isEmpty { text += " [OPTIONS]" }
    if !argumentUsage.isEmpty { text += " " + argumentUsage }
    text += "\n"
    if !argumentHelp.isEmpty {
      text += "\nARGUMENTS:\n" + HelpText.columns(argumentHelp.map { ($0.name, $0.help) })
    }
    let rows = options.map { ("--" + $0.name + ($0.value.map { " " + $0 } ?? ""), $0.help) }
    text += "\nOPTIONS:\n" + HelpText.columns(rows + [("--help", "Show this page.")])
    return text
  }
}
