package io.messagerelay.consumer.http;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader of a live stream, byte by byte: a frame is its lines, and the size of each chunk is
 * looked at. Used by one thread.
 */
final class SseClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader in;

  SseClient(RunningConsumer consumer, String token, String query, String... headers)
      throws IOException {
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), consumer.port()));
    socket.setSoTimeout(30_000);
    String request =
        "GET /event%s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer %s\r\n%s\r\n"
            .formatted(
                query,
                token,
                String.join("", List.of(headers).stream().map(h -> h + "\r\n").toList()));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** The status line and the headers. */
  List<String> head() throws IOException {
    List<String> head = new ArrayList<>();
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      head.add(line);
    }
    return head;
  }

  /** The next frame's lines, without those of the chunks; empty at the end of a whole answer. */
  List<String> frame() throws IOException {
    List<String> frame = new ArrayList<>();
    while (true) {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("cut off behind " + frame);
      }
      if (line.equals("0")) {
        return List.of();
      }
      if (line.isEmpty() && !frame.isEmpty()) {
        return frame;
      }
      if (!line.isEmpty() && !line.matches("[0-9a-f]+")) {
        frame.add(line);
      }
    }
  }

  /** The next frame with an event. */
  List<String> event() throws IOException {
    List<String> frame = frame();
    while (!frame.contains("event: event")) {
      if (frame.isEmpty()) {
        throw new IOException("the stream has ended");
      }
      frame = frame();
    }
    return frame;
  }

  static String id(List<String> frame) {
    return value(frame, "id: ");
  }

  static String data(List<String> frame) {
    return value(frame, "data: ");
  }

  private static String value(List<String> frame, String name) {
    return frame.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .reduce((_, more) -> more)
        .orElseThrow(() -> new AssertionError("no " + name + "in " + frame));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
