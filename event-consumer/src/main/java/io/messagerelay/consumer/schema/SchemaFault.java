package io.messagerelay.consumer.schema;

/**
 * One thing that is wrong with a schema.
 *
 * @param file below the folder, with slashes; empty for the folder itself
 * @param line from 1; 0 for the file as a whole
 */
public record SchemaFault(String file, int line, String reason) {

  /** One line for a person: {@code types/order.paid.json line 3: …}. */
  public String text() {
    String place = line == 0 ? file : file + " line " + line;
    return place.isEmpty() ? reason : place + ": " + reason;
  }
}
