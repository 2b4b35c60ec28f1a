package io.messagerelay.consumer.http;

import java.util.function.Function;

/** What a check of a request found: the value it looked for, or why the request is refused. */
sealed interface Checked<T> {
  /** Good so far. */
  record Good<T>(T value) implements Checked<T> {}

  /** Refused; later checks do not run. */
  record Bad<T>(Problem problem) implements Checked<T> {}

  /** The next check, on what this one found. */
  default <U> Checked<U> then(Function<? super T, Checked<U>> next) {
    return switch (this) {
      case Good<T>(var value) -> next.apply(value);
      case Bad<T>(var problem) -> new Bad<>(problem);
    };
  }
}
