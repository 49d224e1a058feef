import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A web server on this machine's loopback address that answers as a test says.
package final class WebServer: Sendable {
  package struct Request: Sendable {
    /// From 1, in the order of arrival.
    package let number: Int
    package let method: String
    /// Path and query, as received.
    package let target: String
    package let headers: [(name: String, value: String)]
    package let body: String

    package func header(_ name: String) -> String? {
      headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    init(
      number: Int, method: String, target: String, headers: [(name: String, value: String)],
      body: String
    ) {
      self.number = number
      self.method = method
      self.target = target
      self.headers = headers
      self.body = body
    }

    /// The same request for something else: what a proxy passes on.
    package init(_ request: Request, target: String) {
      self.init(
        number: request.number, method: request.method, target: target, headers: request.headers,
        body: request.body)
    }

    package var path: String { String(target.prefix { $0 != "?" }) }
  }

  package struct Reply: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    package var fault: Fault?

    package init(
      _ status: Int = 200, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
      fault: Fault? = nil
    ) {
      self.status = status
      self.headers = headers
      self.body = body
      self.fault = fault
    }

    package static func json(
      _ text: String, status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> Reply {
      Reply(
        status, headers: [("Content-Type", "application/json; odata.metadata=minimal")] + headers,
        body: Array(text.utf8))
    }
  }

  /// What goes wrong with an answer on its way.
  package enum Fault: Sendable, CaseIterable {
    /// The connection ends before a byte of the answer.
    case cutBefore
    /// It ends in the middle of the body.
    case cutWithin
    /// The body ends early, and says nothing of its length.
    case shortWithoutLength
    /// Nothing is ever sent.
    case silence
    /// The body is sent a few bytes at a time, and never ends.
    case drip
  }

  /// A certificate and its key, in files.
  package struct Identity: Sendable {
    package let certificate: String
    package let key: String

    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }

  package typealias Answer = @Sendable (Request) -> Reply

  private let channel: any Channel
  private let log: Log
  private let scheme: String

  /// - Parameter identity: nil for plain HTTP.
  package init(identity: Identity? = nil, _ answer: @escaping Answer) async throws {
    let log = Log()
    var security: NIOSSLContext?
    if let identity {
      let chain = try NIOSSLCertificate.fromPEMFile(identity.certificate).map {
        NIOSSLCertificateSource.certificate($0)
      }
      let key = try NIOSSLPrivateKey(file: identity.key, format: .pem)
      security = try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: chain, privateKey: .privateKey(key)))
    }
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { [security] channel in
        channel.eventLoop.makeCompletedFuture {
          if let security {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: security))
          }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(Answering(log, answer))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.log = log
    scheme = identity == nil ? "http" : "https"
  }

  /// `http://127.0.0.1:41234`, or with `https` and `localhost`, which the certificate names.
  package var address: String {
    "\(scheme)://\(scheme == "http" ? "127.0.0.1" : "localhost"):\(channel.localAddress?.port ?? 0)"
  }

  /// What was asked so far.
  package var requests: [Request] { log.requests.withLock { $0 } }

  /// Nothing is answered any more.
  package func close() async throws { try await channel.close() }

  fileprivate final class Log: Sendable {
    let requests = Mutex<[Request]>([])

    func add(_ head: HTTPRequestHead, body: String) -> Request {
      requests.withLock { requests in
        let request = Request(
          number: requests.count + 1, method: head.method.rawValue, target: head.uri,
          headers: head.headers.map { (name: $0.name, value: $0.value) }, body: body)
        requests.append(request)
        return request
      }
    }
  }
}

/// Answers the requests of one connection.
private final class Answering: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let log: WebServer.Log
  private let answer: WebServer.Answer
  private var head: HTTPRequestHead?
  private var body = ByteBuffer()

  init(_ log: WebServer.Log, _ answer: @escaping WebServer.Answer) {
    self.log = log
    self.answer = answer
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body.clear()
    case .body(var part): body.writeBuffer(&part)
    case .end:
      guard let head else { return }
      let request = log.add(head, body: String(buffer: body))
      send(answer(request), isLast: !head.isKeepAlive, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func send(_ reply: WebServer.Reply, isLast: Bool, _ context: ChannelHandlerContext) {
    var headers = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
    let half = reply.body.prefix(reply.body.count / 2)
    switch reply.fault {
    case .cutBefore: return context.close(promise: nil)
    case .silence: return
    case .shortWithoutLength:
      headers.add(name: "Connection", value: "close")
      // A version without chunks: the end of the connection is the end of the body.
      let head = HTTPResponseHead(
        version: .http1_0, status: .init(statusCode: reply.status), headers: headers)
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      write(half, context)
      return context.close(promise: nil)
    case .cutWithin, .drip, nil:
      headers.add(name: "Content-Length", value: "\(reply.body.count)")
    }
    if isLast { headers.add(name: "Connection", value: "close") }
    let head = HTTPResponseHead(
      version: .http1_1, status: .init(statusCode: reply.status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    switch reply.fault {
    case .cutWithin:
      write(half, context)
      context.close(promise: nil)
    case .drip: write(half.prefix(8), context)
    default:
      write(reply.body[...], context)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      if isLast { context.close(promise: nil) }
    }
  }

  private func write(_ bytes: ArraySlice<UInt8>, _ context: ChannelHandlerContext) {
    context.writeAndFlush(
      wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
  }
}
