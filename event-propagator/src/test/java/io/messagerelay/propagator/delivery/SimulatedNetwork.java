package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * What lies between a relay and its consumer: loses, delays, repeats and reorders requests and
 * answers, until it is calm. The real table says what an answer means.
 */
final class SimulatedNetwork {
  /** The longest that anybody waits for an answer. */
  static final Duration TIME_OUT = Duration.ofSeconds(30);

  private static final int USUAL_DELAY_MILLIS = 200;
  private static final int LONGEST_DELAY_MILLIS = 60_000;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final BooleanSupplier calm;
  private final SimulatedConsumer consumer;
  private final Ailments ailments;
  private final AnswerTable table =
      new AnswerTable(
          new Receiver(
              new Endpoint(URI.create("http://consumer/event")),
              Acknowledge.ID,
              "simulation",
              Optional::empty,
              Traces.AS_BROUGHT));

  SimulatedNetwork(
      VirtualTime time,
      RandomGenerator random,
      BooleanSupplier calm,
      SimulatedConsumer consumer,
      Ailments ailments) {
    this.ailments = ailments;
    this.time = time;
    this.random = random;
    this.calm = calm;
    this.consumer = consumer;
  }

  /**
   * Sends a request on its way.
   *
   * @param onAnswer told when the answer is there, or is not waited for any longer
   */
  Answer send(List<SpooledEvent> batch, Runnable onAnswer) {
    var answer = new Answer(onAnswer);
    time.after(TIME_OUT, () -> answer.end(new Delivery.Deferred("no answer", Optional.empty())));
    if (happens(20)) {
      time.after(
          delay(), () -> answer.end(new Delivery.Away("connection refused", Optional.empty())));
      return answer;
    }
    int times = happens(20) ? 2 : 1;
    for (int i = 0; i < times; i++) {
      if (!happens(15)) {
        time.after(delay(), () -> arrive(List.copyOf(batch), answer));
      }
    }
    return answer;
  }

  private void arrive(List<SpooledEvent> batch, Answer answer) {
    Delivery delivery =
        consumer
            .answer(batch)
            .map(reply -> table.meaning(batch, reply))
            .orElseGet(() -> new Delivery.Deferred("connection reset", Optional.empty()));
    if (!happens(15)) {
      Duration late = ailments.slowDown(batch) ? TIME_OUT : Duration.ZERO;
      time.after(delay().plus(late), () -> answer.end(delivery));
    }
  }

  /** Once in so many times; never when it is calm. */
  private boolean happens(int times) {
    return !calm.getAsBoolean() && random.nextInt(times) == 0;
  }

  /** Seldom longer than anybody waits. */
  private Duration delay() {
    int longest = happens(25) ? LONGEST_DELAY_MILLIS : USUAL_DELAY_MILLIS;
    return Duration.ofMillis(1L + random.nextInt(longest));
  }

  /** The answer to a request; the first of them counts. */
  static final class Answer {
    private final Runnable onAnswer;
    private Optional<Delivery> delivery = Optional.empty();

    private Answer(Runnable onAnswer) {
      this.onAnswer = onAnswer;
    }

    /** Empty while it is waited for. */
    Optional<Delivery> delivery() {
      return delivery;
    }

    private void end(Delivery meaning) {
      if (delivery.isEmpty()) {
        delivery = Optional.of(meaning);
        onAnswer.run();
      }
    }
  }
}
