package io.messagerelay.consumer.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds the line on which something stands in a document that is known to be JSON. */
final class Lines {
  private static final JsonFactory JSON = new JsonFactory();

  private Lines() {}

  private interface Wanted {
    boolean isAt(JsonParser tokens) throws IOException;
  }

  /** Of the value of a JSON Pointer; of what is around it where it is not there, at least 1. */
  static int of(byte[] json, String pointer) {
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      String wanted = at;
      int line = first(json, tokens -> pointer(tokens).equals(wanted));
      if (line > 0) {
        return line;
      }
    }
    return 1;
  }

  /** Of the first {@code $ref} whose end is in a message; 0 for none. */
  static int ofReference(byte[] json, String message) {
    return first(
        json,
        tokens ->
            tokens.hasToken(JsonToken.VALUE_STRING)
                && "$ref".equals(tokens.currentName())
                && message.contains(lastStep(tokens.getText())));
  }

  private static String lastStep(String reference) {
    return reference.substring(
        1 + Math.max(reference.lastIndexOf('/'), reference.lastIndexOf('#')));
  }

  private static String pointer(JsonParser tokens) {
    return tokens.getParsingContext().pathAsPointer().toString();
  }

  private static int first(byte[] json, Wanted wanted) {
    try (JsonParser tokens = JSON.createParser(json)) {
      while (tokens.nextToken() != null) {
        if (!tokens.hasToken(JsonToken.FIELD_NAME) && wanted.isAt(tokens)) {
          return tokens.currentTokenLocation().getLineNr();
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("it was read before", e);
    }
  }
}
