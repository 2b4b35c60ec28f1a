package io.messagerelay.system.way;

import com.google.errorprone.annotations.Immutable;
import java.io.IOException;
import java.util.Map;

/**
 * What goes wrong with one request. None of them is a 403 or a 404: to these event-propagator waits
 * half a minute for a person, in which nothing is relayed and so nothing is shown; the simulation
 * has them. Nor does one of them say in the consumer's words that an event is stored that is not:
 * nobody could tell.
 */
enum Fault {
  TOO_MANY("429", passage -> passage.caller().answer(Answer.busy(429, passage.random()))),
  UNAVAILABLE("503", passage -> passage.caller().answer(Answer.busy(503, passage.random()))),
  BROKEN_BEFORE(
      "5xx before the commit", passage -> passage.caller().answer(Answer.broken(passage.random()))),
  BROKEN_AFTER(
      "5xx after the commit",
      passage -> {
        passage.forward();
        passage.caller().answer(Answer.broken(passage.random()));
      }),
  RESET_BEFORE("reset before the commit", passage -> passage.caller().reset()),
  CLOSED_BEFORE("closed before the commit", passage -> passage.caller().close()),
  RESET_AFTER(
      "reset after the commit",
      passage -> {
        passage.forward();
        passage.caller().reset();
      }),
  CLOSED_AFTER(
      "closed after the commit",
      passage -> {
        passage.forward();
        passage.caller().close();
      }),
  RESET_WITHIN(
      "reset within the answer",
      passage -> {
        passage.caller().half(passage.forward());
        passage.caller().reset();
      }),
  CLOSED_WITHIN(
      "closed within the answer",
      passage -> {
        passage.caller().half(passage.forward());
        passage.caller().close();
      }),
  TWICE("sent on twice at once", Passage::passTwice),
  PAGE("a page in place of an answer", passage -> passage.caller().answer(Answer.page(200))),
  NO_CONTENT("204", passage -> passage.caller().answer(Answer.empty(204, Map.of()))),
  MOVED(
      "307",
      passage -> passage.caller().answer(Answer.empty(307, Map.of("Location", "/elsewhere")))),
  TRUNCATED("truncated JSON", passage -> passage.lie(Lies::truncated)),
  OTHER_IDS("other ids", passage -> passage.lie(Lies::otherIds)),
  FEWER_RESULTS("fewer results", passage -> passage.lie(Lies::fewerResults)),
  TOO_LARGE("413", Often.NEVER, passage -> passage.caller().answer(Answer.page(413))),
  POISONED("stopped by poison", Often.NEVER, Fault::poison),
  REQUEST_DELAYED(
      "request delayed",
      Often.SELDOM,
      passage -> {
        passage.dawdle();
        passage.pass();
      }),
  ANSWER_DELAYED(
      "answer delayed",
      Often.SELDOM,
      passage -> {
        Answer truth = passage.forward();
        passage.dawdle();
        passage.caller().answer(truth);
      }),
  REQUEST_TOO_LATE(
      "sent on after the time-out",
      Often.SELDOM,
      passage -> {
        passage.outwait();
        passage.pass();
      }),
  ANSWER_TOO_LATE(
      "answered after the time-out",
      Often.SELDOM,
      passage -> {
        Answer truth = passage.forward();
        passage.outwait();
        passage.caller().answer(truth);
      }),
  REPEATED("sent on again later", Often.SELDOM, Passage::passAndRepeat),
  UNAUTHORIZED(
      "401",
      Often.SELDOM,
      passage -> passage.caller().answer(Answer.empty(401, Map.of("WWW-Authenticate", "Bearer"))));

  /** How often it is dealt. */
  enum Often {
    OFTEN,
    SELDOM,
    /** Something else brings it about. */
    NEVER
  }

  /** Does it. Thrown when the consumer gives no answer. */
  @Immutable
  interface Strike {
    void at(Passage passage) throws IOException;
  }

  private final String words;
  private final Often often;
  private final Strike strike;

  Fault(String words, Strike strike) {
    this(words, Often.OFTEN, strike);
  }

  Fault(String words, Often often, Strike strike) {
    this.words = words;
    this.often = often;
    this.strike = strike;
  }

  private static void poison(Passage passage) throws IOException {
    if (passage.random().nextBoolean()) {
      BROKEN_BEFORE.strike.at(passage);
    } else {
      RESET_BEFORE.strike.at(passage);
    }
  }

  Often often() {
    return often;
  }

  Strike strike() {
    return strike;
  }

  @Override
  public String toString() {
    return words;
  }
}
