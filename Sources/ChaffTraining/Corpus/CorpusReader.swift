import Foundation

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
    do {
      let handle: FileHandle
      if path == "-" {
        handle = .standardInput
      } else {
        handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      }
      return Array(try handle.readToEnd() ?? Data())
    } catch {
      throw .unreadable(path: path, reason: Failure.reason(error))
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The file itself, or the files in the folder.
  private static func files(_ path: String) throws(Failure) -> [String] {
    guard path != "-" else { return [path] }
    guard FileManager.default.fileExists(atPath: path) else {
      throw .unreadable(path: path, reason: "no such file or folder")
    }
    guard isFolder(path) else { return [path] }
    let names: [String]
    do {
      names = try FileManager.default.subpathsOfDirectory(atPath: path)
    } catch {
      throw .unreadable(path: path, reason: Failure.reason(error))
    }
    let found = names.filter { name in
      endings.contains { name.hasSuffix("." + $0) } && !name.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    // Names are compared as bytes: the same order in any locale.
    let sorted = found.filter { !isFolder(path + "/" + $0) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
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

  /// The system's reason in a few words.
  static func reason(_ error: any Error) -> String {
    let cocoa = error as NSError
    if let posix = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError, posix.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(posix.code)))
    }
    return cocoa.localizedDescription
  }
}
