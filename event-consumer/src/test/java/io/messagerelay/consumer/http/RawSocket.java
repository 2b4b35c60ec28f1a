package io.messagerelay.consumer.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A connection to the service on which anything can be sent, byte by byte. */
final class RawSocket implements AutoCloseable {
  private static final int LONGEST_SILENCE_MILLIS = 20_000;

  private final Socket socket;

  RawSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
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

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
