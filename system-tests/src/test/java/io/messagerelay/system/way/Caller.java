package io.messagerelay.system.way;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;

/**
 * A connection that requests come in by. Its other end may go at any moment, which is not thrown
 * but ends it. Used by one thread, which closes it; closing it from another ends it as well.
 */
final class Caller implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  Caller(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** The next request; empty when there is none any more. */
  Optional<Request> next() {
    try {
      return socket.isClosed() ? Optional.empty() : Request.read(in);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void answer(Answer answer) {
    write(answer.bytes());
  }

  /** The head and half of the body, or half of the head where there is no body. */
  void half(Answer answer) {
    byte[] all = answer.bytes();
    int body = answer.body().length;
    write(Arrays.copyOf(all, body > 0 ? all.length - (body + 1) / 2 : all.length / 2));
  }

  private void write(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      close();
    }
  }

  /** RST. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // it has gone already
    }
    close();
  }

  /** FIN. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it has gone already
    }
  }
}
