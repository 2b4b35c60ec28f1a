package io.messagerelay.consumer.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server that speak MySQL's protocol without TLS, passes on what they
 * say, and does one kind of harm when it is told to. Shared by threads.
 *
 * <pre>
 *   a packet: length (3 bytes, little-endian) · number (1) · payload; 3 and a text are a statement, 14 is a ping
 * </pre>
 */
public final class FaultProxy implements AutoCloseable {
  /** The harm that waits for a statement; each is done once. */
  private enum Harm {
    NONE,
    /** A COMMIT is carried out, and the connection breaks in place of its answer. */
    LOSE_COMMIT_ANSWER,
    /** The same, and nobody who connects afterwards is let in. */
    LOSE_COMMIT_ANSWER_AND_REFUSE,
    /** The connection breaks before a COMMIT arrives. */
    LOSE_COMMIT,
    /** The connection breaks while an INSERT of events is half sent. */
    CUT_INSERT,
    /** The connection breaks in place of a ping, as which a pool tries its first one. */
    CUT_PING
  }

  private static final int HEADER = 4;
  private static final int QUERY = 3;
  private static final int PING = 14;

  private final ServerSocket listener;
  private final InetSocketAddress server;
  private final AtomicReference<Harm> next = new AtomicReference<>(Harm.NONE);
  private final AtomicInteger done = new AtomicInteger();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;

  private FaultProxy(ServerSocket listener, InetSocketAddress server) {
    this.listener = listener;
    this.server = server;
  }

  /** Passes on to this server, on a free port. */
  public static FaultProxy before(String host, int port) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(listener, new InetSocketAddress(host, port));
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The next commit happens, and nobody hears of it. */
  public void loseAnswerOfNextCommit() {
    next.set(Harm.LOSE_COMMIT_ANSWER);
  }

  /** The same, and nobody can look whether it happened, until {@link #accepting}. */
  public void loseAnswerOfNextCommitAndRefuse() {
    next.set(Harm.LOSE_COMMIT_ANSWER_AND_REFUSE);
  }

  /** The next commit does not happen. */
  public void loseNextCommit() {
    next.set(Harm.LOSE_COMMIT);
  }

  public void cutNextInsert() {
    next.set(Harm.CUT_INSERT);
  }

  /** The next connection that is pinged breaks. */
  void cutNextPing() {
    next.set(Harm.CUT_PING);
  }

  /** Cuts every connection, and those that come. */
  public void refusing() {
    refusing = true;
    cutAllBut(null);
  }

  private void cutAllBut(@Nullable Link link) {
    links.stream().filter(other -> other != link).forEach(Link::cut);
  }

  public void accepting() {
    refusing = false;
  }

  /** How often a statement met the harm that waited for it. */
  public int harmDone() {
    return done.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          client.close();
        } else {
          link(client);
        }
      } catch (IOException e) {
        // A server that is not there, or our own end: the client sees its connection closed.
      }
    }
  }

  private void link(Socket client) throws IOException {
    Socket there = new Socket();
    try {
      there.connect(server);
      there.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      client.close();
      throw e;
    }
    Link link = new Link(client, there);
    links.add(link);
    Thread.ofVirtual().start(() -> link.pass(link::passStatements));
    Thread.ofVirtual().start(() -> link.pass(link::passAnswers));
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cutAllBut(null);
  }

  private interface Passing {
    void run() throws IOException;
  }

  /** One connection. Each direction has a thread. */
  private final class Link {
    private final Socket client;
    private final Socket there;
    private volatile boolean answerLost;

    Link(Socket client, Socket there) {
      this.client = client;
      this.there = there;
    }

    void pass(Passing passing) {
      try {
        passing.run();
      } catch (IOException e) {
        // One of the two ended it, or we did.
      } finally {
        cut();
        links.remove(this);
      }
    }

    void passStatements() throws IOException {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = there.getOutputStream();
      while (true) {
        byte[] packet = packet(in);
        switch (harmTo(packet)) {
          case NONE -> {}
          case LOSE_COMMIT, CUT_PING -> {
            return;
          }
          case CUT_INSERT -> {
            out.write(packet, 0, packet.length / 2);
            return;
          }
          case LOSE_COMMIT_ANSWER -> answerLost = true;
          case LOSE_COMMIT_ANSWER_AND_REFUSE -> {
            refusing = true;
            answerLost = true;
          }
        }
        out.write(packet);
      }
    }

    void passAnswers() throws IOException {
      InputStream in = there.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[64 * 1024];
      int count = in.read(buffer);
      while (count >= 0 && !answerLost) {
        out.write(buffer, 0, count);
        count = in.read(buffer);
      }
      if (refusing) {
        cutAllBut(this); // before the client of this one can notice and try another
      }
    }

    void cut() {
      try (client;
          there) {
        // Closing is all.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] packet(DataInputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw new EOFException();
    }
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    byte[] packet = Arrays.copyOf(header, HEADER + length);
    in.readFully(packet, HEADER, length);
    return packet;
  }

  private Harm harmTo(byte[] packet) {
    Harm waiting = next.get();
    boolean meets =
        switch (waiting) {
          case NONE -> false;
          case CUT_INSERT -> contains(packet, "insert into event ");
          case CUT_PING -> packet.length > HEADER && packet[HEADER] == PING;
          case LOSE_COMMIT, LOSE_COMMIT_ANSWER, LOSE_COMMIT_ANSWER_AND_REFUSE ->
              packet.length < 32 && contains(packet, "commit");
        };
    if (meets && next.compareAndSet(waiting, Harm.NONE)) {
      done.incrementAndGet();
      return waiting;
    }
    return Harm.NONE;
  }

  /** Attributes may stand before a statement's text (COM_QUERY with CLIENT_QUERY_ATTRIBUTES). */
  private static boolean contains(byte[] packet, String words) {
    return packet.length > HEADER
        && packet[HEADER] == QUERY
        && new String(packet, HEADER, Math.min(packet.length - HEADER, 64), ISO_8859_1)
            .toLowerCase(Locale.ROOT)
            .contains(words);
  }
}
