package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.Aside;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Another spool, of which a test changes what it is about. */
class ForwardingSpool implements Spool {
  final Spool disk;

  ForwardingSpool(Spool disk) {
    this.disk = disk;
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
    return disk.claim(lane, afterSeq, atMost, maxBytes);
  }

  @Override
  public void release(int lane, long seq) {
    disk.release(lane, seq);
  }

  @Override
  public Optional<Instant> due(int lane) {
    return disk.due(lane);
  }

  @Override
  public void settle(List<? extends Settlement> settlements) {
    disk.settle(settlements);
  }

  @Override
  public void defer(List<SpooledEvent> events, Instant due) {
    disk.defer(events, due);
  }

  @Override
  public Aside aside() {
    return disk.aside();
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
