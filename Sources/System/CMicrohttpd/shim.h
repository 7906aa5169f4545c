#pragma once
#include <microhttpd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

// What the listener is started with; zero or NULL leaves an option out.
struct gapura_listener {
  unsigned int thread_count;
  unsigned int connection_count_max;
  unsigned int idle_seconds_max;
  size_t connection_memory_bytes;
  const char *tls_key_pem;
  const char *tls_certificate_pem;
};

// MHD_start_daemon is variadic, so Swift cannot call it.
static inline struct MHD_Daemon *gapura_start_daemon(
    const struct gapura_listener *listener, MHD_AccessHandlerCallback handle, void *context,
    void *(*note_target)(void *, const char *, struct MHD_Connection *),
    MHD_RequestCompletedCallback completed, MHD_NotifyConnectionCallback connected) {
  // Connections are let in and handed to it by us: see Acceptor.
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET;
  struct MHD_OptionItem tls[3] = {{MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}};
  if (listener->tls_key_pem != NULL && listener->tls_certificate_pem != NULL) {
    flags |= MHD_USE_TLS;
    tls[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)listener->tls_key_pem};
    tls[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)listener->tls_certificate_pem};
  }
  return MHD_start_daemon(
      flags, 0, NULL, NULL, handle, context,
      MHD_OPTION_THREAD_POOL_SIZE, listener->thread_count,
      MHD_OPTION_CONNECTION_LIMIT, listener->connection_count_max,
      MHD_OPTION_CONNECTION_TIMEOUT, listener->idle_seconds_max,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, listener->connection_memory_bytes,
      // What a request may not be is decided by the engine, which says so in one answer (CRefusals).
      MHD_OPTION_STRICT_FOR_CLIENT, 0,
      MHD_OPTION_URI_LOG_CALLBACK, note_target, context,
      MHD_OPTION_NOTIFY_COMPLETED, completed, context,
      MHD_OPTION_NOTIFY_CONNECTION, connected, context,
      MHD_OPTION_ARRAY, tls,
      MHD_OPTION_END);
}

// accept4(2), which Glibc's module leaves out: what is accepted neither blocks nor goes to a child.
static inline int gapura_accept(int listening, struct sockaddr *address, socklen_t *length) {
  return (int)syscall(SYS_accept4, listening, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

// MHD_get_connection_info is variadic too.
static inline void *gapura_socket_context(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == NULL ? NULL : info->socket_context;
}

static inline const struct sockaddr *gapura_client_address(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return info == NULL ? NULL : info->client_addr;
}

static inline int gapura_connection_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

// The socket, where what is written into it goes over the line as it is; -1 where it must be encrypted.
static inline int gapura_plain_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  return info == NULL || info->tls_session == NULL ? gapura_connection_socket(connection) : -1;
}

// MHD_set_response_options is variadic too. The body ends with its connection and stands on the line as it is, without chunks.
static inline int gapura_end_with_connection(struct MHD_Response *response) {
  return MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END) == MHD_YES;
}
