package io.messagerelay.propagator.source;

import io.messagerelay.contract.ItemId;

/** One item of a source. */
public sealed interface SourceItem {

  /** Its bytes, as they stand there. */
  byte[] body();

  /** Where it stands, for a person: {@code data.json[3]}. */
  String place();

  /**
   * An item that may be an event.
   *
   * @param id under which it is delivered
   */
  record Whole(byte[] body, String place, ItemId id) implements SourceItem {
    public Whole(byte[] body, String place) {
      this(body, place, ItemId.OWN_OR_NEW);
    }
  }

  /**
   * What cannot be an item: a dead letter with this reason.
   *
   * @param body as much of it as is kept; at most 256 KiB
   */
  record Broken(byte[] body, String place, String reason) implements SourceItem {}
}
