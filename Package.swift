// swift-tools-version: 6.0
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "Chaff",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [
    .library(name: "Chaff", targets: ["Chaff"]),
    .library(name: "ChaffTraining", targets: ["ChaffTraining"]),
    .executable(name: "chaff", targets: ["ChaffTool"]),
  ],
  targets: [
    // The bytes of the standard model, embedded by the C compiler so that a moved binary keeps them.
    .target(name: "CStandardModel", exclude: ["standard.chaffmodel"]),
    // The hot loops, each for several processors: Swift compiles for one.
    .target(name: "CLanes"),
    // Run time: text → labelled lines. This is all that an app links to classify.
    .target(name: "Chaff", dependencies: ["CLanes", "CStandardModel"], swiftSettings: strict),
    // JSON texts, read and spliced byte by byte: what is not ours stays as it was.
    .target(name: "JSONText", swiftSettings: strict),
    // Labelled pages → counts → model; evaluation.
    .target(name: "ChaffTraining", dependencies: ["CLanes", "Chaff", "JSONText"], swiftSettings: strict),
    // The command line as a library, so that tests reach it.
    .target(
      name: "ChaffCommand", dependencies: ["CLanes", "Chaff", "ChaffTraining", "JSONText"], swiftSettings: strict),
    // Not named "chaff": on a case-insensitive file system its folder would be that of the library.
    .executableTarget(name: "ChaffTool", dependencies: ["ChaffCommand"], swiftSettings: strict),
    // Measures speed and memory against other programs.
    .executableTarget(
      name: "chaff-benchmark", dependencies: ["Chaff", "ChaffTraining", "JSONText"], path: "Sources/ChaffBenchmark",
      swiftSettings: strict),
    // What must hold for any bytes: fuzzing makes them up (Tests/Fuzz), the tests have those that were findings.
    .target(
      name: "ChaffChecks", dependencies: ["Chaff", "ChaffTraining", "JSONText"], path: "Tests/Checks",
      swiftSettings: strict),
    .testTarget(
      name: "ChaffTests", dependencies: ["CLanes", "Chaff", "ChaffChecks", "ChaffTraining"],
      swiftSettings: strict),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText"], swiftSettings: strict),
    .testTarget(name: "ChaffTrainingTests", dependencies: ["CLanes", "ChaffTraining"], swiftSettings: strict),
    .testTarget(
      name: "ChaffCommandTests", dependencies: ["CLanes", "ChaffChecks", "ChaffCommand", "ChaffTool", "ChaffTraining"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
