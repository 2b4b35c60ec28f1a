package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/** The process dies now and then, just before or just after the spool has changed. */
final class FragileSpool extends ForwardingSpool {

  /** The process is gone. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final RandomGenerator random;

  FragileSpool(Spool disk, RandomGenerator random) {
    super(disk);
    this.random = random;
  }

  private void mayCrash() {
    if (random.nextInt(8) == 0) {
      throw new Crash();
    }
  }

  @Override
  public List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes) {
    List<SpooledEvent> batch = super.claim(lane, afterSeq, atMost, maxBytes);
    mayCrash();
    return batch;
  }

  @Override
  public void release(int lane, long seq) {
    mayCrash();
    super.release(lane, seq);
    mayCrash();
  }

  @Override
  public void settle(List<? extends Settlement> settlements) {
    mayCrash();
    super.settle(settlements);
    mayCrash();
  }

  @Override
  public void defer(List<SpooledEvent> events, Instant due) {
    mayCrash();
    super.defer(events, due);
    mayCrash();
  }
}
