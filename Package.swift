// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]
/// Every module but those that wrap a C library (Git, Parsing) or the system (Platform): no unsafe pointer at all.
let safe = strict + [.strictMemorySafety()]

/// True where install.sh builds one static program: libgit2's network layer is then replaced.
let isStatic = Context.environment["CONNREF_STATIC"] != nil
/// True where the program that asks environments is built too, which alone needs a network and a library for
/// it. Without, SwiftPM neither resolves nor builds that library: it does so for every product of a package.
let isLive = Context.environment["CONNREF_LIVE"] != nil
let commit = Context.environment["CONNREF_COMMIT"] ?? ""

let package = Package(
  name: "connref",
  products: [.executable(name: "connref", targets: ["connref"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(
      name: "Clibgit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),
    .systemLibrary(
      name: "Cexpat", pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .systemLibrary(
      name: "Cminizip", pkgConfig: "minizip",
      providers: [.apt(["libminizip-dev"]), .brew(["minizip"])]),
    .systemLibrary(
      name: "Cyaml", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "Czlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CBytes"),
    .target(
      name: "CBuild", cSettings: [.define("CONNREF_COMMIT", to: "\"\(commit)\"")]),
    .target(
      name: "Platform",
      dependencies: [
        "CBytes", "Czlib",
        .product(
          name: "SystemPackage", package: "swift-system",
          condition: .when(platforms: [.linux])),
      ], swiftSettings: strict),
    .target(
      name: "Git",
      dependencies: ["CBuild", "Platform", "Clibgit2", "Czlib"]
        + (isStatic ? ["StaticProgram"] : []),
      swiftSettings: strict + (isStatic ? [.define("CONNREF_STATIC")] : [])),
    .target(
      name: "Parsing", dependencies: ["CBytes", "Cexpat", "Cyaml", "Cminizip"],
      swiftSettings: strict),
    .target(
      name: "Solution", dependencies: ["Platform", "Parsing"],
      swiftSettings: safe),
    .target(
      name: "Detection", dependencies: ["Parsing", "Platform", "Solution"],
      swiftSettings: safe),
    .target(
      name: "Editing", dependencies: ["Detection", "Parsing", "Platform", "Solution"],
      swiftSettings: safe),
    .target(
      name: "Reporting", dependencies: ["Detection", "Platform", "Solution"],
      resources: [.embedInCode("Schemas"), .embedInCode("Formats/HTML/Page")],
      swiftSettings: safe),
    .target(
      name: "Review",
      dependencies: ["Platform", "Git", "Solution", "Detection", "Editing", "Dataverse"],
      swiftSettings: safe),
    .target(name: "Dataverse", dependencies: ["Platform"], swiftSettings: safe),
    .executableTarget(
      name: "connref",
      dependencies: [
        "Platform", "Git", "Solution", "Detection", "Editing", "Review", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: safe),
    .executableTarget(
      name: "connref-bench", dependencies: ["Solution"], path: "Tests/Benchmarks",
      swiftSettings: strict),
    .executableTarget(
      name: "connref-fuzz",
      dependencies: [
        "Git", "Parsing", "Solution", "Detection", "Editing", "Review", "TestSupport",
      ],
      path: "Tests/Fuzzing", swiftSettings: strict),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "PlatformTests", dependencies: ["Platform"], swiftSettings: strict),
    .testTarget(name: "GitTests", dependencies: ["Git", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ParsingTests", dependencies: ["Parsing", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "SolutionTests", dependencies: ["Platform", "Solution", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "EditingTests", dependencies: ["Editing", "Solution", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "DetectionTests", dependencies: ["Detection", "Platform", "Solution", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "Detection", "Parsing", "Solution"],
      swiftSettings: strict),
    .testTarget(
      name: "ReviewTests",
      dependencies: [
        "Review", "Git", "Platform", "Solution", "Detection", "Editing", "Dataverse",
        "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DataverseTests", dependencies: ["Dataverse", "Platform"], swiftSettings: strict),
    .testTarget(
      name: "CommandsTests",
      dependencies: ["connref", "TestSupport"],
      exclude: ["Snapshots"], swiftSettings: strict),
  ] + (isStatic ? [.target(name: "StaticProgram")] : [])
)

if isLive {
  let sockets: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
  ]
  package.products.append(.executable(name: "connref-inventory", targets: ["connref-inventory"]))
  package.dependencies += [
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.26.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
  ]
  package.targets += [
    .executableTarget(
      name: "connref-inventory",
      dependencies: [
        "Dataverse", "Platform",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      ] + sockets, swiftSettings: safe),
    .target(
      name: "TestEnvironment", dependencies: sockets, path: "Tests/TestEnvironment",
      swiftSettings: strict),
    .testTarget(
      name: "LiveTests",
      dependencies: [
        "Dataverse", "Platform", "connref-inventory", "connref", "TestEnvironment", "TestSupport",
      ], exclude: ["Certificates"], swiftSettings: strict),
  ]
}
