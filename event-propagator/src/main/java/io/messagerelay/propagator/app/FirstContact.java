package io.messagerelay.propagator.app;

import io.messagerelay.propagator.auth.TokenAnswer;
import io.messagerelay.propagator.auth.Tokens;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.ErrorNote;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the consumer's first answer to a login and then lets the lanes begin, so that a
 * consumer that starts later is one line in the log. Run by one thread.
 */
final class FirstContact implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(FirstContact.class);
  private static final Duration ASK_AGAIN = Duration.ofMillis(250);

  private final Tokens tokens;
  private final ErrorNote note;
  private final Runnable begin;
  private boolean told;

  FirstContact(Tokens tokens, ErrorNote note, Runnable begin) {
    this.tokens = tokens;
    this.note = note;
    this.begin = begin;
  }

  @Override
  public Duration run() throws InterruptedException {
    return switch (tokens.current()) {
      case TokenAnswer.Token _, TokenAnswer.NotNeeded _, TokenAnswer.Refused _ -> {
        begin.run();
        yield NEVER;
      }
      case TokenAnswer.Unavailable none -> {
        note.failing("no login: " + none.cause());
        tellOnce(none);
        yield ASK_AGAIN;
      }
    };
  }

  private void tellOnce(TokenAnswer.Unavailable none) {
    if (!told) {
      told = true;
      LOG.info("waiting for the consumer at {}", none.cause());
    }
  }
}
