package io.messagerelay.consumer.app.events;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events are wanted, in the words of {@code GET /event}, which judges them. */
final class FilterOptions {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only events of this type, or of all that begin so: 'order.*'. Repeatable.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only those received since 2026-01-31T12:00:00Z, or since 10m, 2h or 7d ago.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only those received before it; the same forms.")
  private @Nullable String until;

  @Option(names = "--key", paramLabel = "KEY", description = "Only those of this event_key.")
  private @Nullable String key;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Only those with this text in their payload.")
  private @Nullable String text;

  @Option(
      names = "--payload",
      paramLabel = "JSON",
      description = "Only those whose payload contains this JSON object.")
  private @Nullable String payload;

  boolean hasUntil() {
    return until != null;
  }

  /** What is left out, is left out of the query too. */
  Query query() {
    var query = new Query();
    types.forEach(type -> query.with("type", type));
    return query
        .withKnown("since", since)
        .withKnown("until", until)
        .withKnown("key", key)
        .withKnown("q", text)
        .withKnown("payload", payload);
  }
}
