package io.messagerelay.consumer.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;

/**
 * Reads JSON into the form in which schemas look at it. Numbers keep their value, whatever it is;
 * only those are refused with which one cannot reckon in reasonable time. Shared by threads.
 */
final class Trees {
  private static final int LONGEST_NUMBER = 1_000;
  private static final int LARGEST_EXPONENT = 10_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(EventLimits.JSON_DEPTH)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .nodeFactory(new Nodes())
          .build();

  private Trees() {}

  /** What could not be read, and why. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final int line;

    Unreadable(String pointer, int line, String reason) {
      super(reason, null, false, false);
      this.pointer = pointer;
      this.line = line;
    }

    Fault fault() {
      return Fault.shortened(pointer, reason());
    }

    String reason() {
      return String.valueOf(getMessage());
    }

    int line() {
      return line;
    }
  }

  static JsonNode read(byte[] json, int from, int to) throws Unreadable {
    try (JsonParser tokens = JSON.createParser(json, from, to - from)) {
      return read(tokens);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static JsonNode read(JsonParser tokens) throws IOException, Unreadable {
    try {
      return JSON.readTree(tokens);
    } catch (JsonProcessingException | TooLarge e) {
      throw new Unreadable(
          tokens.getParsingContext().pathAsPointer().toString(),
          tokens.currentLocation().getLineNr(),
          reason(e));
    }
  }

  private static String reason(Exception e) {
    return switch (e) {
      case TooLarge _, StreamConstraintsException _ ->
          "must not hold a number of more than 1,000 digits or an exponent beyond 10,000";
      case JsonProcessingException json when isRepeated(json) ->
          "must not have one name twice in an object";
      default -> "must be JSON, but is not";
    };
  }

  private static boolean isRepeated(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
  }

  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("", null, false, false);
    }
  }

  private static final class Nodes extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(BigDecimal value) {
      if (Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
        throw new TooLarge();
      }
      return DecimalNode.valueOf(value);
    }
  }
}
