import Chaff

/// The command line: finds the verb, runs it, and turns what happened into an exit code.
package enum ChaffMain {
  package static let version = "0.1.0"
  static let verbs = [
    VerbEntry("classify", Classify.self), VerbEntry("clean", Clean.self), VerbEntry("label", LabelVerb.self),
    VerbEntry("explain", Explain.self), VerbEntry("train", Train.self), VerbEntry("forget", Forget.self),
    VerbEntry("count", Count.self), VerbEntry("merge", Merge.self), VerbEntry("evaluate", Evaluate.self),
    VerbEntry("check", Check.self), VerbEntry("inspect", Inspect.self),
  ]

  /// Runs `chaff` with the words after its name.
  /// - Returns: the exit code.
  package static func run(_ words: [String], _ context: CommandContext) -> Int32 {
    var result = CommandError(.success, nil)
    do throws(CommandError) { try dispatch(words, context) } catch { result = error }
    // What was said before an error is not lost with it.
    do throws(OutputStream.Failure) {
      try context.output.flush()
    } catch {
      if result.code == .success { result = .writing(error) }
    }
    if let message = result.message { context.say(message) }
    return result.code.rawValue
  }

  private static func dispatch(_ words: [String], _ context: CommandContext) throws(CommandError) {
    guard let first = words.first else { throw .usage("a verb is missing; see 'chaff help'") }
    let rest = Array(words.dropFirst())
    switch first {
    case "help", "--help", "-h": try help(rest, context)
    case "--version": try context.print("chaff \(version)\n")
    default:
      let verb = try verb(first)
      let arguments = try ParsedArguments(rest, for: verb.specification)
      if arguments.wantsHelp {
        try context.print(verb.specification.help)
      } else {
        try verb.run(arguments, context)
      }
    }
  }

  private static func verb(_ name: String) throws(CommandError) -> VerbEntry {
    if let verb = verbs.first(where: { $0.name == name }) { return verb }
    let near = Suggestion.nearest(to: name, among: verbs.map(\.name) + ["help"])
    throw .usage("unknown verb '\(name)'; " + (near.map { "did you mean '\($0)'?" } ?? "see 'chaff help'"))
  }

  private static func help(_ words: [String], _ context: CommandContext) throws(CommandError) {
    if let name = words.first, name != "--help" {
      try context.print(try verb(name).specification.help)
      return
    }
    let rows = verbs.map { ($0.name, firstSentence($0.specification.overview)) }
    let codes = CommandError.Code.allCases.map { (String($0.rawValue), $0.meaning) }
    try context.print(
      """
      OVERVIEW: Tell for each line of a web article's text whether it is the article or chaff.

      USAGE: chaff VERB [OPTIONS] [ARGUMENTS]

      VERBS:
      \(HelpText.columns(rows + [("help [VERB]", "Show this page, or that of a verb.")]))
      OPTIONS:
      \(HelpText.columns([("--version", "Show the version."), ("--help", "Show this page.")]))
      EXIT CODES:
      \(HelpText.columns(codes))
      """)
  }

  private static func firstSentence(_ text: String) -> String {
    String(text.prefix { $0 != "\n" })
  }
}
