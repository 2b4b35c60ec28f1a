package io.messagerelay.benchmarks.starting;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.messagerelay.benchmarks.service.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** Sends one event until it is stored. */
final class FirstAnswer {
  private static final int PAUSE_MILLIS = 2;
  private static final String STORED = "HTTP/1.1 201";

  private FirstAnswer() {}

  /** Returns as soon as the answer 201 is there. */
  static void await(Child service, int port, byte[] request)
      throws IOException, InterruptedException {
    while (true) {
      service.requireAlive();
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.getOutputStream().write(request);
        String answer = new String(socket.getInputStream().readNBytes(STORED.length()), US_ASCII);
        if (!answer.equals(STORED)) {
          throw new IllegalStateException("expected " + STORED + ", not " + answer);
        }
        return;
      } catch (SocketException e) {
        Thread.sleep(PAUSE_MILLIS); // nobody listens, or only looks whether the port is free
      }
    }
  }
}
