/// An error of reading, or of what was done with a line.
enum EitherFailure<Body: Error>: Error {
  case reading(String)
  case body(Body)
}
