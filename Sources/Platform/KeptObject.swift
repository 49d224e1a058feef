/// Keeps an object, and all that it holds, for as long as the process runs.
package func keepUntilExit(_ object: AnyObject) { _ = Unmanaged.passRetained(object) }
