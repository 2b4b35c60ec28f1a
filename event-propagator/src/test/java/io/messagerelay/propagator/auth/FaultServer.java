package io.messagerelay.propagator.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server that lies when told to. One request a connection; it answers with what was
 * scripted for it, the last answer again and again.
 */
public final class FaultServer implements AutoCloseable {

  /** What came in; header names in lower case. */
  public record Request(String method, String path, Map<String, String> headers, byte[] body) {
    public String text() {
      return new String(body, UTF_8);
    }
  }

  /** Writes an answer, or something like one. */
  public interface Answer {
    void write(Request request, Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch hungUp = new CountDownLatch(1);

  public FaultServer() throws IOException {
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** What the next requests are answered with, in this order. */
  public FaultServer answers(Answer... next) {
    synchronized (answers) {
      answers.clear();
      answers.addAll(List.of(next));
    }
    return this;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Whether the client closes, within a few seconds, the connection of an answer that hangs. */
  public boolean clientHangsUp() throws InterruptedException {
    return hungUp.await(5, TimeUnit.SECONDS);
  }

  /** A proper answer. */
  public static Answer reply(int status, String body, String... headers) {
    return (request, socket) -> {
      byte[] bytes = body.getBytes(UTF_8);
      write(socket, head(status, headers) + "Content-Length: " + bytes.length + "\r\n\r\n");
      socket.getOutputStream().write(bytes);
    };
  }

  /** These characters (ISO 8859-1), whatever they are, then the end of the connection. */
  public static Answer raw(String characters) {
    return (request, socket) -> write(socket, characters);
  }

  /** The connection is reset without an answer. */
  public static Answer reset() {
    return (request, socket) -> socket.setSoLinger(true, 0);
  }

  /** These characters, then silence. */
  public Answer hang(String characters) {
    return (request, socket) -> {
      write(socket, characters);
      awaitHangUp(socket);
    };
  }

  /** These characters, then one blank after another, for ever. */
  public Answer drip(String characters) {
    return (request, socket) -> {
      write(socket, characters);
      socket.setSoTimeout(20);
      while (!isClosedByClient(socket)) {
        write(socket, " ");
      }
    };
  }

  /** A body that never ends, as fast as it is read. */
  public static Answer endless() {
    return (request, socket) -> {
      write(socket, head(200) + "\r\n");
      byte[] blanks = " ".repeat(8192).getBytes(ISO_8859_1);
      while (true) {
        socket.getOutputStream().write(blanks);
      }
    };
  }

  /** Status line and headers, without the blank line. */
  public static String head(int status, String... headers) {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 " + status + " Words\r\nConnection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  private static void write(Socket socket, String characters) throws IOException {
    socket.getOutputStream().write(characters.getBytes(ISO_8859_1));
  }

  private void awaitHangUp(Socket socket) throws IOException {
    while (!isClosedByClient(socket)) {
      // what else comes is of no interest
    }
  }

  private boolean isClosedByClient(Socket socket) throws IOException {
    try {
      if (socket.getInputStream().read() >= 0) {
        return false;
      }
    } catch (SocketTimeoutException e) {
      return false;
    }
    hungUp.countDown();
    return true;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Request request = read(socket.getInputStream());
      requests.add(request);
      next().write(request, socket);
    } catch (IOException e) {
      hungUp.countDown(); // the client may go at any moment
    }
  }

  private Answer next() {
    synchronized (answers) {
      return answers.size() > 1 ? answers.remove() : answers.getFirst();
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(first[0], first[1], headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the request ends early");
      }
      line.write(b);
    }
    return line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
