package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON to the letter (RFC 8259): one document, in UTF-8, without a byte order mark, nested to
 * a limit. Repeated members are the reader's matter. Shared by threads.
 */
final class StrictJson {
  /** In bytes. The parser remembers names from document to document, so they are kept short. */
  private static final int LONGEST_NAME = 1_000;

  private final JsonFactory factory;

  /**
   * @param depth how many objects and arrays may be open at once
   */
  StrictJson(int depth) {
    this.factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(depth)
                    .maxNameLength(LONGEST_NAME)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  /** Reads one value: finds its first token as the current one and leaves its last one there. */
  interface ValueReader {
    void read(JsonParser tokens) throws IOException;
  }

  /**
   * Runs the reader over the document.
   *
   * @return what is wrong with the document, at the place where the reading ended; {@code null} for
   *     nothing
   */
  @Nullable Fault read(byte[] json, ValueReader reader) {
    int malformed = Utf8.hasByteOrderMark(json) ? 0 : Utf8.firstMalformed(json);
    if (malformed >= 0) {
      return fault("must be UTF-8 without a byte order mark", json, malformed);
    }
    try (JsonParser tokens = factory.createParser(json)) {
      return read(json, tokens, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** Where the first byte at or after {@code from} stands that is no blank; the end for none. */
  static int skipBlanks(byte[] json, int from) {
    int at = from;
    while (at < json.length && isBlank(json[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte sign) {
    return sign == ' ' || sign == '\n' || sign == '\r' || sign == '\t';
  }

  private static @Nullable Fault read(byte[] json, JsonParser tokens, ValueReader reader)
      throws IOException {
    try {
      if (tokens.nextToken() == null) {
        return new Fault("", "must be JSON, but there is nothing");
      }
      reader.read(tokens);
      if (tokens.nextToken() == null) {
        return null;
      }
      long next = tokens.currentTokenLocation().getByteOffset();
      return fault("must end after the first JSON value", json, next);
    } catch (JsonProcessingException e) {
      long afterIt = tokens.currentLocation().getByteOffset();
      return fault(whatIsWrong(e, tokens), json, afterIt - 1);
    }
  }

  /** The parser's own words are not used: they repeat what it read. */
  private static String whatIsWrong(JsonProcessingException e, JsonParser tokens) {
    return switch (e) {
      case JsonEOFException _ -> "must be JSON, but ends too early";
      case StreamConstraintsException _ when isTooDeep(tokens) ->
          "must not be nested deeper than " + EventLimits.JSON_DEPTH;
      case StreamConstraintsException _ ->
          "must not have a name of more than 1,000 bytes, nor too many names";
      default -> "must be JSON, but is not";
    };
  }

  private static boolean isTooDeep(JsonParser tokens) {
    return tokens.getParsingContext().getNestingDepth()
        > tokens.streamReadConstraints().getMaxNestingDepth();
  }

  private static Fault fault(String detail, byte[] json, long offset) {
    return new Fault("", detail + " (" + Utf8.place(json, (int) offset) + ")");
  }
}
