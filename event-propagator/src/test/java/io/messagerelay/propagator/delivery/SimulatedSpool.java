package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.Aside;
import io.messagerelay.propagator.spool.AsideEvent;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A process' way to the spool that survives it. The process may die just before or just after any
 * change is on disk; then nothing of it reaches the disk any more.
 */
final class SimulatedSpool extends ForwardingSpool {

  /** The process is gone. */
  static final class Dead extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What happens at a change. */
  interface Fate {
    /** Whether the process dies now. */
    boolean strikes();

    /** It is told of every settlement that is about to be on disk. */
    void settles(List<? extends Settlement> settlements);
  }

  private final Fate fate;
  private boolean dead;

  SimulatedSpool(Spool disk, Fate fate) {
    super(disk);
    this.fate = fate;
  }

  void requireAlive() {
    if (dead) {
      throw new Dead();
    }
  }

  private <T> T change(Supplier<T> change) {
    mayDie();
    T result = change.get();
    mayDie();
    return result;
  }

  private void mayDie() {
    requireAlive();
    if (fate.strikes()) {
      dead = true;
      throw new Dead();
    }
  }

  private <T> T look(Supplier<T> look) {
    requireAlive();
    return look.get();
  }

  @Override
  public Take take(String source, List<NewEntry> entries, @Nullable String progress) {
    return change(() -> super.take(source, entries, progress));
  }

  @Override
  public List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes) {
    return change(() -> super.claim(lane, afterSeq, atMost, maxBytes));
  }

  @Override
  public void release(int lane, long seq) {
    change(
        () -> {
          super.release(lane, seq);
          return true;
        });
  }

  @Override
  public void settle(List<? extends Settlement> settlements) {
    change(
        () -> {
          fate.settles(settlements);
          super.settle(settlements);
          return true;
        });
  }

  @Override
  public void defer(List<SpooledEvent> events, Instant due) {
    change(
        () -> {
          super.defer(events, due);
          return true;
        });
  }

  @Override
  public Aside aside() {
    Aside disks = disk.aside();
    return new Aside() {
      @Override
      public void put(SpooledEvent event, String cause, Instant due) {
        change(
            () -> {
              disks.put(event, cause, due);
              return true;
            });
      }

      @Override
      public Optional<AsideEvent> claim() {
        return change(disks::claim);
      }

      @Override
      public void defer(AsideEvent event, Instant due) {
        change(
            () -> {
              disks.defer(event, due);
              return true;
            });
      }

      @Override
      public Optional<Instant> due() {
        return look(disks::due);
      }
    };
  }

  @Override
  public Optional<String> progress(String source) {
    return look(() -> super.progress(source));
  }

  @Override
  public Optional<Instant> due(int lane) {
    return look(() -> super.due(lane));
  }

  @Override
  public Books books() {
    return look(super::books);
  }

  @Override
  public long deadBytes() {
    return look(disk::deadBytes);
  }

  @Override
  public List<DeadLetter> deadLetters(long afterSeq, int limit) {
    return look(() -> super.deadLetters(afterSeq, limit));
  }
}
