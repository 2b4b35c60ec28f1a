package io.messagerelay.benchmarks.following;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Followers of one event-consumer's stream. One thread reads for all of them, without making an
 * object for an event, so that they take little of the processors that they share with what is
 * measured. The lag of an event is from its {@code received_time}, which is read when its group
 * begins to be stored, to the moment at which its bytes were read: it includes the commit.
 */
final class Readers implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;
  private static final long LONGEST_LAG_MICROS = 3_600_000_000L;
  private static final long MICROS_OF_DAY = 86_400_000_000L;
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Clock clock;
  private final Selector selector;
  private final List<Follower> followers = new ArrayList<>();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  private final Histogram lags = new Histogram(LONGEST_LAG_MICROS, 3);
  private final Thread thread = Thread.ofPlatform().name("readers").unstarted(this::read);

  /** Of the events that were received then the lags count; in microseconds since 1970. */
  private volatile long from = Long.MAX_VALUE;

  private volatile long to = Long.MAX_VALUE;
  private volatile boolean closing;
  private volatile @Nullable Exception failure;

  /** When the bytes came that are being looked at; owned by the thread. */
  private long now;

  private Readers(Clock clock, Selector selector) {
    this.clock = clock;
    this.selector = selector;
  }

  private record Reader(Follower follower, StreamLines lines) {}

  /**
   * Connects so many, and waits until each is told where it begins.
   *
   * @param target path and query
   */
  static Readers open(int port, String token, String target, int count, Clock clock)
      throws InterruptedException {
    var readers = new Readers(clock, selector());
    try {
      byte[] request = request(target, token);
      for (int i = 0; i < count; i++) {
        readers.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), request);
      }
      readers.thread.start();
      readers.await("told where it begins", Follower::isGreeted);
      return readers;
    } catch (IOException e) {
      readers.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException | InterruptedException e) {
      readers.close();
      throw e;
    }
  }

  private static byte[] request(String target, String token) {
    return """
    GET %s HTTP/1.1
    Host: 127.0.0.1
    Authorization: Bearer %s
    Accept: text/event-stream

    """
        .formatted(target, token)
        .replace("\n", "\r\n")
        .getBytes(US_ASCII);
  }

  private static Selector selector() {
    try {
      return Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect(InetSocketAddress server, byte[] request) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channels.add(channel);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.configureBlocking(false);
    var follower = new Follower(this::lag);
    followers.add(follower);
    channel.register(
        selector, SelectionKey.OP_READ, new Reader(follower, new StreamLines(follower)));
  }

  private void read() {
    try {
      while (!closing) {
        selector.select(this::read);
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void read(SelectionKey key) {
    Reader reader = (Reader) key.attachment();
    try {
      in.clear();
      int read = ((SocketChannel) key.channel()).read(in);
      if (read < 0) {
        throw new IllegalStateException("a stream has ended");
      }
      now = micros(clock.instant());
      reader.lines.take(in.flip());
      reader.follower.publish(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lag(long receivedMicrosOfDay) {
    long lag = Math.floorMod(now - receivedMicrosOfDay, MICROS_OF_DAY);
    long received = now - lag;
    if (received >= from && received < to) {
      lags.recordValue(Math.min(lag, LONGEST_LAG_MICROS));
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /** What the service receives from this time on counts. */
  void beginWindow(Instant time) {
    from = micros(time);
  }

  /** What it receives from this time on counts no more; what it did before, still does. */
  void endWindow(Instant time) {
    to = micros(time);
  }

  /** Events that all of them have got together. */
  long events() {
    return followers.stream().mapToLong(Follower::events).sum();
  }

  /** The same in bytes, as they came over the wire. */
  long bytes() {
    return followers.stream().mapToLong(Follower::bytes).sum();
  }

  /**
   * Waits until each of them has got so many events.
   *
   * @throws IllegalStateException when that does not happen
   */
  void awaitEvents(long events) throws InterruptedException {
    await("given %,d events".formatted(events), each -> each.events() >= events);
  }

  /**
   * Each has got exactly this; nothing more may be on its way.
   *
   * @throws IllegalStateException when it is not so
   */
  void requireAll(Follower.Got all) {
    for (Follower each : followers) {
      if (!each.got().equals(all)) {
        throw new IllegalStateException("a reader got %s, not %s".formatted(each.got(), all));
      }
    }
  }

  private interface Condition {
    boolean holdsFor(Follower follower);
  }

  private void await(String what, Condition condition) throws InterruptedException {
    for (long waited = 0; waited < LONGEST.toMillis(); waited += LOOK.toMillis()) {
      if (failure != null) {
        throw new IllegalStateException("a reader has failed", failure);
      }
      if (followers.stream().allMatch(condition::holdsFor)) {
        return;
      }
      Thread.sleep(LOOK);
    }
    throw new IllegalStateException("not every reader was " + what + " within " + LONGEST);
  }

  /** In milliseconds. Ask when all have come. */
  double lag(double percent) {
    return lags.getValueAtPercentile(percent) / 1e3;
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
      for (SocketChannel channel : channels) {
        channel.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
