/// A verb's options and arguments, as given.
package struct ParsedArguments: Sendable {
  package private(set) var arguments: [String] = []
  private var values: [String: [String]] = [:]
  package private(set) var wantsHelp = false

  /// Reads the words after the verb: `--option value`, `--option=value`, `--flag`; after `--` all are arguments.
  package init(_ words: [String], for specification: CommandSpecification) throws(CommandError) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        arguments.append(contentsOf: rest)
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        arguments.append(word)
        continue
      }
      if word == "--help" || word == "-h" {
        wantsHelp = true
        return
      }
      try take(word, &rest, specification)
    }
    let count = specification.argumentCount
    guard count.contains(arguments.count) else {
      let wanted =
        arguments.count < count.lowerBound
        ? "too few arguments" : "unexpected argument '\(arguments[count.upperBound])'"
      throw .usage("\(specification.verb): \(wanted); see 'chaff \(specification.verb) --help'")
    }
  }

  private mutating func take(
    _ word: String, _ rest: inout ArraySlice<String>, _ specification: CommandSpecification
  ) throws(CommandError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = String(parts[0].drop { $0 == "-" })
    guard word.hasPrefix("--"), let option = specification.options.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, among: specification.options.map(\.name))
      throw .usage("unknown option '\(parts[0])'" + (near.map { "; did you mean '--\($0)'?" } ?? ""))
    }
    guard option.isRepeatable || values[name] == nil else { throw .usage("option '--\(name)' stands twice") }
    guard option.value != nil else {
      guard parts.count == 1 else { throw .usage("option '--\(name)' takes no value") }
      values[name] = [""]
      return
    }
    guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
      throw .usage("option '--\(name)' needs a value")
    }
    values[name, default: []].append(value)
  }

  package func has(_ name: String) -> Bool { values[name] != nil }

  package func value(_ name: String) -> String? { values[name]?.last }

  package func all(_ name: String) -> [String] { values[name] ?? [] }

  /// A value that must be one of a few words.
  package func choice(_ name: String, of choices: [String], default fallback: String) throws(CommandError) -> String {
    guard let value = value(name) else { return fallback }
    guard choices.contains(value) else {
      let near = Suggestion.nearest(to: value, among: choices).map { "; did you mean '\($0)'?" } ?? ""
      throw .usage("--\(name) is one of \(choices.joined(separator: ", ")), not '\(value)'" + near)
    }
    return value
  }

  /// A number in a range.
  package func number(_ name: String, in range: ClosedRange<Double>) throws(CommandError) -> Double? {
    guard let value = value(name) else { return nil }
    guard let number = Double(value), range.contains(number) else {
      throw .usage("--\(name) is a number from \(range.lowerBound) to \(range.upperBound), not '\(value)'")
    }
    return number
  }

  /// A whole number in a range.
  package func integer(_ name: String, in range: ClosedRange<Int>) throws(CommandError) -> Int? {
    guard let value = value(name) else { return nil }
    guard let number = Int(value), range.contains(number) else {
      throw .usage("--\(name) is a whole number from \(range.lowerBound) to \(range.upperBound), not '\(value)'")
    }
    return number
  }
}
