#if !CONNREF_STATIC
  /// Replaces the function of mbedTLS by which libgit2, where it is built with that (Debian,
  /// Ubuntu), parses all certificates of the system as it starts: 5.1 ms of every run, 0.6 without
  /// (measured, Debian 12). This program never opens a connection, so it needs none of them.
  ///
  /// The dynamic linker looks into the program before the libraries, and the program exports the name
  /// since libgit2's libraries ask for it. Where libgit2 uses another TLS, this is never called.
  ///
  /// A static program has no mbedTLS, so this name is free (`StaticProgram`).
  ///
  /// Answers that the file could not be read, which libgit2 takes for "no certificates".
  @c(mbedtls_x509_crt_parse_file)
  package func parseNoCertificates(
    _ chain: UnsafeMutableRawPointer?, _ path: UnsafePointer<CChar>?
  ) -> Int32 { -1 }
#endif
