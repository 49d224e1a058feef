/* Replaces libgit2's network layer where the program is linked statically: connref never opens a
   connection, so every function that would answers "no". Without it libgit2's archive asks for libssh2,
   Kerberos and TLS, which Debian has in part only as shared libraries; with it, no TLS, HTTP or SSH is in
   the program.

   The names are those that the other objects of libgit2.a ask for, in libgit2 1.5 built with mbedTLS
   (Debian 12). Another version or another TLS has other names; install.sh links a probe first. */

struct git_transport;
struct git_stream;

/* src/transports/ssh.c */
int git_transport_ssh_global_init(void) { return 0; }
int git_smart_subtransport_ssh(void **out, struct git_transport *owner, void *parameter) {
  return -1;
}
int git_transport_ssh_with_paths(
    struct git_transport **out, void *owner, void *payload) {
  return -1;
}

/* src/transports/http.c */
int git_http__expect_continue;
int git_smart_subtransport_http(void **out, struct git_transport *owner, void *parameter) {
  return -1;
}

/* src/streams/mbedtls.c: starting it parses all certificates of the system, 5 ms of every run. */
int git_mbedtls__set_cert_location(const char *file, const char *folder) { return -1; }
int git_mbedtls_stream_global_init(void) { return 0; }
int git_mbedtls_stream_new(struct git_stream **out, const char *host, const char *port) {
  return -1;
}
int git_mbedtls_stream_wrap(
    struct git_stream **out, struct git_stream *inner, const char *host) {
  return -1;
}
