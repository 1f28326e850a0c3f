/// Reads labelled data from files and folders.
public enum CorpusReader {
  /// Endings of files that are read from folders: labelled pages, JSON Lines and fastText.
  public static let endings = ["tsv", "jsonl", "ndjson", "fasttext"]

  /// Why labelled data could not be read.
  public enum Failure: Error, Sendable {
    /// A file is not there, or cannot be read; the system's reason.
    case unreadable(path: String, reason: String)
    /// A folder holds no file with one of the ``CorpusReader/endings``.
    case emptyFolder(path: String)
    /// A row is wrong.
    case corpus(CorpusError)
  }

  /// Reads all pages of files and folders.
  ///
  /// Folders are searched to any depth, in the order of their files' names. The format goes by the file's ending:
  /// `.jsonl` and `.ndjson` (and standard input that begins with a brace) are JSON Lines, `.fasttext` (and any file whose
  /// first row begins with `__label__`) fastText, all else labelled pages.
  public static func read(_ paths: [String]) throws(Failure) -> [LabelledPage] {
    var pages: [LabelledPage] = []
    for path in paths {
      for file in try files(path) {
        let bytes = try contents(file)
        do throws(CorpusError) {
          pages.append(contentsOf: try read(bytes, file: file == "-" ? standardInput : file))
        } catch {
          throw .corpus(error)
        }
      }
    }
    return pages
  }

  /// What standard input is called in errors.
  static let standardInput = "standard input"

  /// Reads one file's bytes in the format that its name tells.
  public static func read(_ bytes: [UInt8], file: String) throws(CorpusError) -> [LabelledPage] {
    let text = bytes.starts(with: RowSource.byteOrderMark) ? bytes[3...] : bytes[...]
    let isJSON = file == standardInput && text.first == UInt8(ascii: "{")
    if isJSON || file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson") {
      return try LabelledJSONReader.read(bytes, file: file)
    }
    if file.hasSuffix(".fasttext") || text.starts(with: FastTextReader.prefix) {
      return try FastTextReader.read(bytes, file: file)
    }
    return try LabelledPageReader.read(bytes, file: file)
  }

  private static func contents(_ path: String) throws(Failure) -> [UInt8] {
    do throws(Files.Failure) {
      return try Files.contents(of: path == "-" ? nil : path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }

  /// The file itself, or the files in the folder.
  private static func files(_ path: String) throws(Failure) -> [String] {
    guard path != "-" else { return [path] }
    guard let isFolder = Files.isFolder(path) else {
      throw .unreadable(path: path, reason: "no such file or folder")
    }
    guard isFolder else { return [path] }
    let names: [String]
    do throws(Files.Failure) {
      names = try Files.names(under: path)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    let found = names.filter { name in endings.contains { name.hasSuffix("." + $0) } }
    // Names are compared as bytes: the same order in any locale.
    let sorted = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !sorted.isEmpty else { throw .emptyFolder(path: path) }
    return sorted.map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
  }
}

extension CorpusReader.Failure: CustomStringConvertible {
  /// The path and the reason.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .emptyFolder(let path):
      "\(path): no labelled files (\(CorpusReader.endings.map { "." + $0 }.joined(separator: ", ")))"
    case .corpus(let error): error.description
    }
  }
}
