package io.messagerelay.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code POST /event} with one event as JSON, or with several as NDJSON.
 *
 * @param events how many a request carries
 * @param types of events by their number: those of a request follow each other
 */
public record EventRequests(String token, int events, TimeOrderedIds ids, IntFunction<String> types)
    implements Requests {
  private static final String ID_PLACE = "?".repeat(TimeOrderedIds.LENGTH);

  /** Of the types of {@link SampleEvents}, in turns. */
  public EventRequests(String token, int events, TimeOrderedIds ids) {
    this(token, events, ids, SampleEvents::type);
  }

  @Override
  public Request of(int connection) {
    String body =
        IntStream.range(0, events)
            .mapToObj(item -> event(connection + item))
            .collect(Collectors.joining("\n"));
    String request = head(body.length()) + body;
    return new Request(request.getBytes(US_ASCII), placesIn(request), ids::writeTo);
  }

  private String head(int length) {
    return """
    POST /event HTTP/1.1
    Host: 127.0.0.1
    Authorization: Bearer %s
    Content-Type: %s
    Content-Length: %d

    """
        .formatted(token, events == 1 ? "application/json" : "application/x-ndjson", length)
        .replace("\n", "\r\n");
  }

  private String event(int number) {
    return "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"event_payload\":\"%s\"}"
        .formatted(ID_PLACE, types.apply(number), SampleEvents.PAYLOAD.replace("\"", "\\\""));
  }

  private static int[] placesIn(String request) {
    return IntStream.iterate(
            request.indexOf(ID_PLACE),
            at -> at >= 0,
            at -> request.indexOf(ID_PLACE, at + ID_PLACE.length()))
        .toArray();
  }
}
