/// What a subcommand is: what it takes and what it does.
package protocol Verb {
  static var specification: CommandSpecification { get }
  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError)
}

/// A subcommand as a value.
package struct VerbEntry: Sendable {
  package let specification: CommandSpecification
  package let run: @Sendable (ParsedArguments, CommandContext) throws(CommandError) -> Void
}
