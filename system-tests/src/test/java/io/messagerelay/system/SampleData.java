package io.messagerelay.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Valid events for a data file, each unlike the others, with payloads that a careless store would
 * change.
 *
 * @param events in the order of the file
 * @param keyed whether every other one has a key, so that several lanes have work
 */
record SampleData(List<Sample> events, boolean keyed) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "sample.";
  private static final List<String> PAYLOADS =
      List.of(
          "{\"order\": %d, \"total\": 12.50}",
          "plain text %d",
          "Grüße, 東京, \uD83D\uDE80 %d",
          "quotes \" and \\ and / %d",
          "a line\nand a tab\tand a zero \u0000 %d");

  /** What is kept of one of them. */
  record Sample(String type, String payload) {

    /** Its place in the file. */
    int item() {
      return Integer.parseInt(type.substring(TYPE.length()));
    }
  }

  static SampleData keyed(int count) {
    return new SampleData(samples(count), true);
  }

  /** All of them go by one lane, and so in order. */
  static SampleData withoutKeys(int count) {
    return new SampleData(samples(count), false);
  }

  private static List<Sample> samples(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Sample(TYPE + i, PAYLOADS.get(i % PAYLOADS.size()).formatted(i)))
        .toList();
  }

  /** The data file's text. */
  String json() {
    var array = JSON.createArrayNode();
    for (Sample sample : events) {
      ObjectNode event = array.addObject();
      event.put("event_type", sample.type());
      event.put("event_payload", sample.payload());
      if (keyed && sample.item() % 2 == 0) {
        event.put("event_key", "key " + sample.item());
      }
    }
    return array.toString();
  }
}
