import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A proxy on this machine's loopback address: `CONNECT host:port`, then bytes both ways. Every host is
/// this machine.
package final class ProxyServer: Sendable {
  private let channel: any Channel
  private let seen: Seen

  fileprivate final class Seen: Sendable {
    let heads = Mutex<[String]>([])
  }

  /// - Parameter password: `name:password` that is asked for; nil for none.
  package init(password: String? = nil) async throws {
    let seen = Seen()
    self.seen = seen
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Connecting(seen, password))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  package var address: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

  /// What each connection began with.
  package var heads: [String] { seen.heads.withLock { $0 } }
}

/// Reads the head of a request, and becomes one end of a tunnel.
private final class Connecting: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let seen: ProxyServer.Seen
  private let password: String?
  private var head = ""
  private var isAsked = false

  init(_ seen: ProxyServer.Seen, _ password: String?) {
    self.seen = seen
    self.password = password
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isAsked else { return }
    head += String(buffer: unwrapInboundIn(data))
    guard head.hasSuffix("\r\n\r\n") else { return }
    isAsked = true
    seen.heads.withLock { $0.append(head) }
    let line = head.prefix { $0 != "\r\n" }
    guard let port = line.split(separator: " ")[1].split(separator: ":").last.flatMap({ Int($0) })
    else { return context.close(promise: nil) }
    if let password, !head.contains("Basic \(Data(password.utf8).base64EncodedString())\r\n") {
      return answer("407 Proxy Authentication Required", context, thenClose: true)
    }
    let channel = context.channel
    ClientBootstrap(group: context.eventLoop)
      .channelInitializer {
        [loopBound = NIOLoopBound(context, eventLoop: context.eventLoop)] other in
        other.eventLoop.makeCompletedFuture {
          try other.pipeline.syncOperations.addHandler(Passing(to: channel))
          let context = loopBound.value
          try context.pipeline.syncOperations.addHandler(Passing(to: other))
        }
      }
      .connect(host: "127.0.0.1", port: port)
      .assumeIsolated()
      .whenComplete { result in
        switch result {
        case .success: self.answer("200 Connection established", context, thenClose: false)
        case .failure: self.answer("502 Bad Gateway", context, thenClose: true)
        }
      }
  }

  private func answer(_ status: String, _ context: ChannelHandlerContext, thenClose: Bool) {
    context.writeAndFlush(
      wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 \(status)\r\n\r\n")), promise: nil)
    if thenClose {
      context.close(promise: nil)
    } else {
      context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
  }
}

extension Connecting: RemovableChannelHandler {}

/// Hands every byte to another connection, and ends it when this one ends.
private final class Passing: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let other: any Channel

  init(to other: any Channel) { self.other = other }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    other.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    other.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
