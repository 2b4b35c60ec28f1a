package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A place in an event, by its JSON Pointer (RFC 6901). One that goes on behind {@code
 * /event_payload} also leads into a payload that is a string with JSON in it. Shared by threads.
 */
public final class EventPlace {
  private static final JsonPointer PAYLOAD = JsonPointer.compile("/" + Wire.EVENT_PAYLOAD);

  /** The bytes have a limit already. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonPointer pointer;

  private EventPlace(JsonPointer pointer) {
    this.pointer = pointer;
  }

  /**
   * @throws IllegalArgumentException for what is no pointer, and for the pointer to the whole event
   */
  public static EventPlace of(String pointer) {
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException("a JSON Pointer begins with /: " + pointer);
    }
    return new EventPlace(JsonPointer.compile(pointer));
  }

  /**
   * What stands there in the event, as text: a string's value; a number, {@code true} or {@code
   * false} as it is written. {@code null} where nothing of the kind stands.
   *
   * @param event a JSON object; of what else it is, nothing is found
   */
  public @Nullable String textIn(byte[] event) {
    try {
      boolean inPayload = pointer.getMatchingProperty().equals(Wire.EVENT_PAYLOAD);
      String text =
          inPayload && !pointer.tail().matches() ? textIn(JSON.createParser(event), PAYLOAD) : null;
      return text == null
          ? textIn(JSON.createParser(event), pointer)
          : textIn(JSON.createParser(text), pointer.tail());
    } catch (JsonProcessingException noJson) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static @Nullable String textIn(JsonParser json, JsonPointer pointer) throws IOException {
    try (var found =
        new FilteringParserDelegate(
            json, new JsonPointerBasedFilter(pointer), Inclusion.ONLY_INCLUDE_ALL, false)) {
      JsonToken token = found.nextToken();
      return token != null && token.isScalarValue() && token != JsonToken.VALUE_NULL
          ? found.getText()
          : null;
    }
  }

  @Override
  public String toString() {
    return pointer.toString();
  }
}
