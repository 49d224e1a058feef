import Commands

@main
struct Connref {
  static func main() { Commands.run() }
}
