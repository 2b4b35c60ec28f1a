package io.messagerelay.propagator.app;

import io.messagerelay.base.Amounts;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.Spool;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says, once, that the dead letters have filled half of the spool, while there is time to see to
 * them. Run by one thread.
 */
final class DeadLetterAlarm implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterAlarm.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Spool spool;
  private final long maxBytes;
  private boolean raised;

  DeadLetterAlarm(Spool spool, long maxBytes) {
    this.spool = spool;
    this.maxBytes = maxBytes;
  }

  @Override
  public Duration run() {
    long bytes = spool.deadBytes();
    boolean half = bytes >= maxBytes / 2;
    if (half && !raised) {
      LOG.error(
          "dead letters take {}, half of SPOOL_MAX_BYTES or more; when they fill it, nothing more is"
              + " taken: look at them with event-propagator dead-letters list, and resend or discard"
              + " them",
          Amounts.bytes(bytes));
    }
    raised = half;
    return LOOK_EVERY;
  }
}
