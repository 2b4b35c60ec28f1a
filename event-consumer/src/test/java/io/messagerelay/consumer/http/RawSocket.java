package io.messagerelay.consumer.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * A connection to the service on which anything can be sent, byte by byte, and from any address of
 * the loopback net.
 */
final class RawSocket implements AutoCloseable {
  private static final int LONGEST_SILENCE_MILLIS = 20_000;

  /** Small, so that an answer that is not read soon waits on the other side. */
  private static final int RECEIVE_BUFFER = 16 * 1024;

  private final Socket socket = new Socket();

  RawSocket(int port) throws IOException {
    this(port, "127.0.0.1");
  }

  /**
   * @param from as {@code 127.0.0.2}: on Linux all of 127.0.0.0/8 is this machine
   */
  RawSocket(int port, String from) throws IOException {
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
  }

  RawSocket send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** As {@link #send}; the other side may have closed already and not take all of it. */
  void sendAsFarAsItGoes(byte[] bytes) {
    try {
      send(bytes);
    } catch (IOException closed) {
      // What it has said before it closed can still be read.
    }
  }

  /** Nothing more will be sent; what is answered can still be read. */
  void endSending() throws IOException {
    socket.shutdownOutput();
  }

  InputStream answers() throws IOException {
    return socket.getInputStream();
  }

  /** All that comes until the other side closes. */
  String untilClosed() throws IOException {
    return new String(answers().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** As {@link #untilClosed}, also where it closes although not all was read that was sent. */
  String untilClosedOrReset() throws IOException {
    var all = new StringBuilder();
    byte[] some = new byte[64 * 1024];
    try {
      for (int n = answers().read(some); n >= 0; n = answers().read(some)) {
        all.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException reset) {
      return all.toString();
    }
    return all.toString();
  }

  /** The head of the next answer; its body is left unread. */
  String head() throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int sign = answers().read();
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
