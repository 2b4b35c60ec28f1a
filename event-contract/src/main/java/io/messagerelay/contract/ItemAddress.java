package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
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

  Addressing of(byte[] item, ItemId wanted) {
    if (item.length > EventLimits.EVENT_BYTES) {
      return unusable(TOO_LARGE);
    }
    Found found = new Found();
    Fault end = json.read(item, found::read);
    if (end != null) {
      found.draft.reject(end);
    }
    if (!found.draft.faults().isEmpty()) {
      return new Addressing.Unusable(found.draft.faults());
    }
    String ownId = found.draft.id();
    return switch (wanted) {
      case ItemId.OwnOrNew() -> ownId == null ? with(newId.get(), item, found) : own(item, found);
      case ItemId.OwnOr(var id) -> ownId == null ? with(id, item, found) : own(item, found);
      case ItemId.New() -> with(newId.get(), item, found);
    };
  }

  private static Addressing own(byte[] item, Found found) {
    return new Addressing.Addressed(
        Objects.requireNonNull(found.draft.id()), found.draft.key(), item);
  }

  private static Addressing with(String id, byte[] item, Found found) {
    byte[] body = found.draft.id() == null ? putInFront(id, item) : found.replaceId(item, id);
    return body.length > EventLimits.EVENT_BYTES
        ? unusable(TOO_LARGE)
        : new Addressing.Addressed(id, found.draft.key(), body);
  }

  /** What the item says of itself, and where its id stands. */
  private static final class Found {
    private final Draft draft = new Draft();
    private int idFrom;
    private int idTo;

    void read(JsonParser tokens) throws IOException {
      if (!tokens.isExpectedStartObjectToken()) {
        draft.reject(EventJson.NOT_AN_OBJECT);
        tokens.skipChildren();
        return;
      }
      for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
        tokens.nextToken();
        switch (Member.named(name)) {
          case ID -> readId(tokens);
          case KEY -> draft.read(Member.KEY, tokens);
          case null, default -> tokens.skipChildren();
        }
      }
    }

    private void readId(JsonParser tokens) throws IOException {
      idFrom = (int) tokens.currentTokenLocation().getByteOffset();
      draft.read(Member.ID, tokens);
      idTo = (int) tokens.currentLocation().getByteOffset();
    }

    byte[] replaceId(byte[] item, String id) {
      return joined(item, idFrom, "\"" + id + "\"", idTo);
    }
  }

  /** The object with an {@code event_id} as its first member. */
  private static byte[] putInFront(String id, byte[] object) {
    int members = StrictJson.skipBlanks(object, 0) + 1;
    boolean empty = object[StrictJson.skipBlanks(object, members)] == '}';
    String opening = "{\"" + Wire.EVENT_ID + "\":\"" + id + (empty ? "\"" : "\",");
    return joined(object, 0, opening, members);
  }

  /** The object's bytes up to {@code end}, the text, and the object's bytes from {@code begin}. */
  private static byte[] joined(byte[] object, int end, String text, int begin) {
    byte[] between = text.getBytes(StandardCharsets.UTF_8);
    int rest = object.length - begin;
    byte[] body = new byte[end + between.length + rest];
    System.arraycopy(object, 0, body, 0, end);
    System.arraycopy(between, 0, body, end, between.length);
    System.arraycopy(object, begin, body, end + between.length, rest);
    return body;
  }

  private static Addressing unusable(Fault fault) {
    return new Addressing.Unusable(List.of(fault));
  }
}
