package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What waits; how an answer is made shows in {@code SlowPeersIT}. */
class AnswerRoomTest {
  private final LimitTally tally = new LimitTally(new SimpleMeterRegistry());
  private long waiting;
  private final AnswerRoom room = new AnswerRoom(() -> waiting, tally);

  @Test
  void who_sends_is_answered_where_who_reads_is_not() {
    waiting = AnswerRoom.MOST_WAITING;
    assertThat(room.isFull()).isFalse();

    waiting++;
    assertThat(room.isFull()).isTrue();
    assertThat(room.isFullForSenders()).isFalse();
  }

  @Test
  void who_sends_is_not_answered_without_end_either() {
    waiting = 2 * AnswerRoom.MOST_WAITING + 1;

    assertThat(room.isFullForSenders()).isTrue();
  }

  @Test
  void a_refusal_says_to_come_back_and_is_counted() {
    Problem problem = room.full();

    assertThat(problem.kind()).isEqualTo(Problem.Kind.OVERLOADED);
    assertThat(problem.headers()).containsEntry("Retry-After", "1");
    assertThat(tally.counted(Limit.ANSWERS)).isEqualTo(1);
  }
}
