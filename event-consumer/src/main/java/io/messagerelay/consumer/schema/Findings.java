package io.messagerelay.consumer.schema;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.Fault;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a schema finds in a value, in the words of our faults. */
final class Findings {
  private Findings() {}

  /**
   * @param at where the value lies in the event, as a JSON Pointer
   */
  static List<Fault> of(Schema schema, JsonNode value, String at) {
    try {
      return schema.validate(value).stream()
          .limit(EventJson.MOST_FAULTS)
          .map(error -> fault(at, error))
          .toList();
    } catch (BoundedRegex.TooManyLooks e) {
      return List.of(new Fault(at, "takes too long to match a pattern of its schema"));
    } catch (StackOverflowError e) {
      return List.of(new Fault(at, "is nested too deeply for its schema"));
    }
  }

  private static Fault fault(String at, Error error) {
    String pointer = at + error.getInstanceLocation();
    String property = error.getProperty();
    return switch (Objects.requireNonNullElse(error.getKeyword(), "")) {
      case "required" -> Fault.shortened(pointer + step(property), "is missing");
      case "additionalProperties", "unevaluatedProperties" ->
          Fault.shortened(pointer + step(property), "is not a member here");
      case "type" -> Fault.shortened(pointer, "must be " + expected(error.getSchemaNode()));
      default -> Fault.shortened(pointer, error.getMessage());
    };
  }

  /** One step more of a pointer (RFC 6901 §3). */
  private static String step(@Nullable String name) {
    return name == null ? "" : "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static String expected(JsonNode types) {
    return types.isTextual()
        ? "of the type " + types.textValue()
        : "of one of the types " + types.valueStream().map(JsonNode::asText).collect(joining(", "));
  }
}
