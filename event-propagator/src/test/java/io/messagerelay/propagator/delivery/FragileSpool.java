package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The process dies now and then, just before or just after the spool has changed. */
final class FragileSpool implements Spool {

  /** The process is gone. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final Spool disk;
  private final RandomGenerator random;

  FragileSpool(Spool disk, RandomGenerator random) {
    this.disk = disk;
    this.random = random;
  }

  private void mayCrash() {
    if (random.nextInt(8) == 0) {
      throw new Crash();
    }
  }

  @Override
  public Take take(String source, List<NewEntry> entries, @Nullable String progress) {
    return disk.take(source, entries, progress);
  }

  @Override
  public Optional<String> progress(String source) {
    return disk.progress(source);
  }

  @Override
  public List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes) {
    List<SpooledEvent> batch = disk.claim(lane, afterSeq, atMost, maxBytes);
    mayCrash();
    return batch;
  }

  @Override
  public void release(int lane, long seq) {
    mayCrash();
    disk.release(lane, seq);
    mayCrash();
  }

  @Override
  public Optional<Instant> due(int lane) {
    return disk.due(lane);
  }

  @Override
  public void settle(List<? extends Settlement> settlements) {
    mayCrash();
    disk.settle(settlements);
    mayCrash();
  }

  @Override
  public void defer(List<SpooledEvent> events, Instant due) {
    mayCrash();
    disk.defer(events, due);
    mayCrash();
  }

  @Override
  public Books books() {
    return disk.books();
  }

  @Override
  public long deadBytes() {
    return disk.deadBytes();
  }

  @Override
  public List<DeadLetter> deadLetters(long afterSeq, int limit) {
    return disk.deadLetters(afterSeq, limit);
  }

  @Override
  public void close() {}
}
