// The module that the others import in place of Foundation. The whole of Foundation brings 40 MB of
// tables for languages and calendars into the program, and a start that is longer by their
// relocations.

#if canImport(FoundationEssentials)
  @_exported public import FoundationEssentials
#else
  @_exported public import Foundation
#endif

#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Musl)
  @_exported public import Musl
#else
  @_exported public import Darwin
#endif
