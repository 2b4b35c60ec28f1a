package io.messagerelay.consumer.http;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A connection on which a test says every byte itself, from any address of the loopback net. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();

  RawClient(RunningConsumer consumer) throws IOException {
    this(consumer, null);
  }

  /**
   * @param from as {@code 127.0.0.2}: on Linux all of 127.0.0.0/8 is this machine
   */
  RawClient(RunningConsumer consumer, @Nullable String from) throws IOException {
    if (from != null) {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    }
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), consumer.port()));
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** All that comes until the other side closes; a reset is a close. */
  String untilClosed() {
    var text = new StringBuilder();
    try {
      for (int sign = socket.getInputStream().read();
          sign >= 0;
          sign = socket.getInputStream().read()) {
        text.append((char) sign);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("not closed; so far: " + text, e);
    } catch (IOException reset) {
      return text.toString();
    }
    return text.toString();
  }

  /** The head of the next answer; its body is left unread. */
  String head() throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int sign = socket.getInputStream().read();
      if (sign < 0) {
        return text.toString();
      }
      text.append((char) sign);
    }
    return text.toString();
  }

  static String get(String path, String... headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines(headers) + "\r\n";
  }

  static String post(String token, int length, String... headers) {
    return "POST /event HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        + "Authorization: Bearer "
        + token
        + "\r\nContent-Length: "
        + length
        + "\r\n"
        + lines(headers)
        + "\r\n";
  }

  private static String lines(String... headers) {
    return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
