package io.messagerelay.propagator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.auth.TokenAnswer;
import io.messagerelay.propagator.auth.TokenAnswer.NotNeeded;
import io.messagerelay.propagator.auth.TokenAnswer.Refused;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.auth.TokenAnswer.Unavailable;
import io.messagerelay.propagator.auth.Tokens;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.RecordedNote;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FirstContactTest {
  private static final TokenAnswer AWAY =
      new Unavailable("http://host/token: nothing accepts the connection", Duration.ofSeconds(1));

  private final RecordedNote note = new RecordedNote();
  private final AtomicInteger begun = new AtomicInteger();

  @Test
  void the_lanes_begin_once_the_consumer_has_answered_the_login() throws InterruptedException {
    Step contact = contact(AWAY, AWAY, new Token("t"));

    assertThat(contact.run()).isPositive().isLessThan(Duration.ofSeconds(1));
    assertThat(contact.run()).isPositive();
    assertThat(begun).hasValue(0);
    assertThat(contact.run()).isEqualTo(Step.NEVER);
    assertThat(begun).hasValue(1);
    assertThat(note.said)
        .containsOnly("failing: no login: http://host/token: nothing accepts the connection");
  }

  @Test
  void the_lanes_begin_when_the_login_is_refused_and_say_so_themselves()
      throws InterruptedException {
    assertThat(contact(new Refused("wrong password")).run()).isEqualTo(Step.NEVER);
    assertThat(begun).hasValue(1);
  }

  @Test
  void the_lanes_begin_at_once_when_there_is_no_login() throws InterruptedException {
    assertThat(contact(new NotNeeded()).run()).isEqualTo(Step.NEVER);
    assertThat(begun).hasValue(1);
  }

  private Step contact(TokenAnswer... answers) {
    return new FirstContact(
        new Answers(new ArrayDeque<>(List.of(answers))), note, begun::incrementAndGet);
  }

  private record Answers(Queue<TokenAnswer> next) implements Tokens {
    @Override
    public TokenAnswer current() {
      return next.remove();
    }

    @Override
    public TokenAnswer renew(Token stale) {
      throw new AssertionError("nothing was stale");
    }
  }
}
