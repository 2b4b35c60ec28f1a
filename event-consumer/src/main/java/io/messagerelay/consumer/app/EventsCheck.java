package io.messagerelay.consumer.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.messagerelay.base.Figures;
import io.messagerelay.consumer.schema.Schemas;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.ItemKey;
import io.messagerelay.contract.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What schemas say of a file's events. Used by one thread. */
final class EventsCheck {
  private static final JsonFactory JSON = new JsonFactory();

  private final Schemas schemas;
  private final EventJson json;
  private final List<String> refused = new ArrayList<>();
  private int events;

  EventsCheck(Schemas schemas) {
    this.schemas = schemas;
    this.json = new EventJson(() -> "none", ItemKey.OWN, schemas);
  }

  /** Reads objects one behind the other, and those of arrays; ends at what is no JSON. */
  void check(byte[] text) {
    try (JsonParser tokens = JSON.createParser(text)) {
      check(text, tokens);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private void check(byte[] text, JsonParser tokens) throws IOException {
    try {
      while (tokens.nextToken() != null) {
        if (!tokens.hasToken(JsonToken.START_ARRAY) && !tokens.hasToken(JsonToken.END_ARRAY)) {
          checkEvent(text, tokens);
        }
      }
    } catch (JsonProcessingException e) {
      refuse(tokens.currentLocation().getLineNr(), "must be JSON, but is not; ends here");
    }
  }

  private void checkEvent(byte[] text, JsonParser tokens) throws IOException {
    events++;
    int line = tokens.currentTokenLocation().getLineNr();
    int begin = (int) tokens.currentTokenLocation().getByteOffset();
    tokens.skipChildren();
    tokens.finishToken();
    int end = (int) tokens.currentLocation().getByteOffset();
    switch (json.read(Arrays.copyOfRange(text, begin, end), null)) {
      case Reading.Valid _ -> {}
      case Reading.Faulty(_, var faults, _) ->
          refuse(line, faults.stream().map(Fault::text).collect(Collectors.joining("; ")));
      case Reading.TooLarge(_, int bytes) ->
          refuse(line, "has %d bytes, at most %d".formatted(bytes, EventLimits.EVENT_BYTES));
    }
  }

  private void refuse(int line, String why) {
    refused.add("event " + events + " (line " + line + "): " + why);
  }

  int refused() {
    return refused.size();
  }

  Figures figures() {
    return new Figures()
        .with("types", schemas.types())
        .with("envelope", schemas.hasEnvelope())
        .with("events", events)
        .with("refused", refused);
  }

  /** For a person, one each. */
  List<String> lines(boolean withEvents) {
    List<String> lines = new ArrayList<>(List.of("ok    " + schemas));
    refused.forEach(line -> lines.add("FAIL  " + line));
    if (withEvents) {
      lines.add("%d events, %d would be refused".formatted(events, refused.size()));
    }
    return lines;
  }
}
