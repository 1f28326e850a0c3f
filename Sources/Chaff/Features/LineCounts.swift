import CLanes

/// What is counted of lines while words are found: the number of a mask in `chaff_counted`.
enum LineCounts {
  static let words = 0
  static let numbers = 1
  static let capitalisedWords = 2
  static let shoutedWords = 3
  static let joins = 4
  static let digits = 5
  static let wordBytes = 6
  static let sentences = 7
}
