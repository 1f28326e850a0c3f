import ChaffCommand

@main
struct Main {
  static func main() {
    ChaffMain.runProcess()
  }
}
