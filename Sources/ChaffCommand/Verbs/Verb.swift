/// What a subcommand is: what it takes and what it does.
package protocol Verb: Sendable {
  static var specification: CommandSpecification { get }
  static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError)
}

/// A subcommand as a value.
///
/// What it takes is put together when it is asked for: of all subcommands, a run needs one.
package struct VerbEntry: Sendable {
  package let name: String
  private let verb: any Verb.Type

  package init(_ name: String, _ verb: any Verb.Type) {
    self.name = name
    self.verb = verb
  }

  package var specification: CommandSpecification { verb.specification }

  package func run(_ arguments: ParsedArguments, _ context: CommandContext) throws(CommandError) {
    try verb.run(arguments, context)
  }
}
