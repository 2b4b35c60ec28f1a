package io.messagerelay.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One keep-alive connection with at most one request on its way. Of an answer it reads the status
 * and the {@code Content-Length}, and lets the body go by.
 */
final class Connection implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final byte[] LENGTH =
      "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int LOWER_CASE = 0x20;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Request request;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);

  private ByteBuffer out = ByteBuffer.allocate(0);
  private long sentAt;
  private int status;

  /** Of the body; negative while the head has not come. */
  private long missing = -1;

  private Connection(SocketChannel channel, SelectionKey key, Request request) {
    this.channel = channel;
    this.key = key;
    this.request = request;
  }

  static Connection open(InetSocketAddress server, Selector selector, Request request)
      throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    var connection = new Connection(channel, key, request);
    key.attach(connection);
    return connection;
  }

  void send(long now) throws IOException {
    out = request.next();
    sentAt = now;
    write();
  }

  private void write() throws IOException {
    channel.write(out);
    key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  /** Moves on what can be moved. Returns whether an answer is complete now. */
  boolean advance() throws IOException {
    if (out.hasRemaining()) {
      write();
      return false;
    }
    if (channel.read(in) < 0) {
      throw new IOException("the server closed a connection before it answered");
    }
    if (missing < 0) {
      readHead();
    } else {
      letGoBy();
    }
    return missing == 0;
  }

  private void letGoBy() {
    missing -= in.position();
    in.clear();
  }

  private void readHead() throws IOException {
    int end = in.position();
    long length = -1;
    int lineAt = 0;
    for (int at = 0; at < end; at++) {
      if (in.get(at) == '\n') {
        if (at - lineAt <= 1) {
          bodyBegins(at + 1, length);
          return;
        }
        length = isLength(lineAt, at) ? number(lineAt + LENGTH.length, at) : length;
        lineAt = at + 1;
      }
    }
    if (!in.hasRemaining()) {
      throw new IOException("the head of an answer is longer than " + BUFFER + " bytes");
    }
  }

  private void bodyBegins(int at, long length) throws IOException {
    status = (int) number(STATUS_AT, STATUS_AT + 3);
    if (length < 0) {
      throw new IOException("an answer with status " + status + " has no Content-Length");
    }
    missing = length - (in.position() - at);
    in.clear();
  }

  private boolean isLength(int from, int to) {
    if (to - from < LENGTH.length) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      if ((in.get(from + i) | LOWER_CASE) != (LENGTH[i] | LOWER_CASE)) {
        return false;
      }
    }
    return true;
  }

  /** The digits between; blanks and the line's end are passed over. */
  private long number(int from, int to) {
    long number = 0;
    for (int at = from; at < to; at++) {
      int digit = in.get(at) - '0';
      number = digit >= 0 && digit <= 9 ? number * 10 + digit : number;
    }
    return number;
  }

  /** Hands the complete answer over and is ready for the next request. */
  void tell(Answers answers, long now) {
    missing = -1;
    answers.add(status, now - sentAt);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
