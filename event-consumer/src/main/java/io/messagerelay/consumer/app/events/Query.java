package io.messagerelay.consumer.app.events;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark. Used by one thread. */
final class Query {
  private final StringJoiner parameters = new StringJoiner("&");

  Query with(String name, String value) {
    parameters.add(name + '=' + Api.encoded(value));
    return this;
  }

  Query withKnown(String name, @Nullable String value) {
    return value == null ? this : with(name, value);
  }

  String text() {
    return parameters.toString();
  }
}
