package io.messagerelay.benchmarks.load;

import java.util.List;

/** What all measured events look like: five types, and a payload of a hundred and some bytes. */
public final class SampleEvents {
  public static final String PAYLOAD =
      "{\"order\":4711,\"customer\":\"C-20931\",\"lines\":[{\"article\":\"lamp-03\",\"count\":2},"
          + "{\"article\":\"bulb-11\",\"count\":6}],\"total\":\"59.80\"}";

  private static final List<String> TYPES =
      List.of("order.created", "order.paid", "order.packed", "order.shipped", "order.closed");

  private SampleEvents() {}

  /** The type of the event with this number; types take turns. */
  public static String type(int number) {
    return TYPES.get(number % TYPES.size());
  }

  public static List<String> types() {
    return TYPES;
  }

  /**
   * The event with this number as a line of a file, about 200 bytes.
   *
   * @param key empty for none
   */
  public static String line(int number, String key) {
    return line(number, key, 1);
  }

  /**
   * The same with a longer payload.
   *
   * @param payloads how often the payload of the others stands in it
   */
  public static String line(int number, String key, int payloads) {
    String ending = key.isEmpty() ? "" : ",\"event_key\":\"" + key + "\"";
    return "{\"event_type\":\"%s\",\"event_payload\":\"%s\"%s}"
        .formatted(type(number), PAYLOAD.replace("\"", "\\\"").repeat(payloads), ending);
  }
}
