package io.messagerelay.contract;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short forms for the tests of the event's JSON. */
final class Readings {
  static final String NEW_ID = "new-id";
  static final EventJson JSON = new EventJson(() -> NEW_ID);

  private Readings() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Reading read(String json) {
    return JSON.read(bytes(json), null);
  }

  static Event valid(String json) {
    return valid(read(json));
  }

  static Event valid(Reading reading) {
    return switch (reading) {
      case Reading.Valid(Event event) -> event;
      case Reading.Faulty faulty -> throw new AssertionError("expected a valid event: " + faulty);
      case Reading.TooLarge large -> throw new AssertionError("expected a valid event: " + large);
    };
  }

  /** The faults as lines; none for a valid event. */
  static List<String> faults(Reading reading) {
    return switch (reading) {
      case Reading.Valid _ -> List.of();
      case Reading.Faulty faulty -> faulty.faults().stream().map(Fault::text).toList();
      case Reading.TooLarge large -> throw new AssertionError("expected faults: " + large);
    };
  }

  static List<String> faults(String json) {
    return faults(read(json));
  }

  /** An event with this type, which is given as it stands in the JSON. */
  static String withType(String type) {
    return "{\"event_type\":" + type + ",\"event_payload\":\"p\"}";
  }

  /** A right event with one more member at its end. */
  static String with(String member) {
    return "{\"event_type\":\"t\",\"event_payload\":\"p\"," + member + "}";
  }
}
