package io.messagerelay.system;

import com.fasterxml.jackson.databind.JsonNode;

/** A stored event, read from the store's file or from the list. */
record StoredEvent(long id, String eventId, SampleData.Sample content) {

  /** One of {@code GET /event}. */
  static StoredEvent listed(JsonNode event) {
    return new StoredEvent(
        event.get("id").asLong(),
        event.get("event_id").asText(),
        new SampleData.Sample(event.get("type").asText(), event.get("payload").asText()));
  }
}
