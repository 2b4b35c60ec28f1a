package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Gives a source's item its id and leaves all other bytes as they are. Shared by threads. */
final class ItemAddress {
  private static final Fault TOO_LARGE =
      new Fault(
          "", "must be at most " + EventLimits.EVENT_BYTES + " bytes long, its event_id included");

  private final StrictJson json;
  private final Supplier<String> newId;

  ItemAddress(StrictJson json, Supplier<String> newId) {
    this.json = json;
    this.newId = newId;
  }

  Addressing of(byte[] item) {
    if (item.length > EventLimits.EVENT_BYTES) {
      return unusable(TOO_LARGE);
    }
    Draft draft = new Draft();
    Fault end = json.read(item, tokens -> readIdAndKey(tokens, draft));
    if (end != null) {
      draft.reject(end);
    }
    if (!draft.faults().isEmpty()) {
      return new Addressing.Unusable(draft.faults());
    }
    String ownId = draft.id();
    if (ownId != null) {
      return new Addressing.Addressed(ownId, draft.key(), item);
    }
    String id = newId.get();
    byte[] body = putInFront(id, item);
    return body.length > EventLimits.EVENT_BYTES
        ? unusable(TOO_LARGE)
        : new Addressing.Addressed(id, draft.key(), body);
  }

  private static void readIdAndKey(JsonParser tokens, Draft draft) throws IOException {
    if (!tokens.isExpectedStartObjectToken()) {
      draft.reject(EventJson.NOT_AN_OBJECT);
      tokens.skipChildren();
      return;
    }
    for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
      tokens.nextToken();
      switch (Member.named(name)) {
        case ID -> draft.read(Member.ID, tokens);
        case KEY -> draft.read(Member.KEY, tokens);
        case null, default -> tokens.skipChildren();
      }
    }
  }

  /** The object with an {@code event_id} as its first member. */
  private static byte[] putInFront(String id, byte[] object) {
    int members = StrictJson.skipBlanks(object, 0) + 1;
    boolean empty = object[StrictJson.skipBlanks(object, members)] == '}';
    String opening = "{\"" + Wire.EVENT_ID + "\":\"" + id + (empty ? "\"" : "\",");
    byte[] front = opening.getBytes(StandardCharsets.UTF_8);
    int rest = object.length - members;
    byte[] body = new byte[front.length + rest];
    System.arraycopy(front, 0, body, 0, front.length);
    System.arraycopy(object, members, body, front.length, rest);
    return body;
  }

  private static Addressing unusable(Fault fault) {
    return new Addressing.Unusable(List.of(fault));
  }
}
