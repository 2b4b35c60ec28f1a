package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives a source's item its id and key and leaves all other bytes as they are. Shared by threads.
 */
final class ItemAddress {
  private static final Fault TOO_LARGE =
      new Fault(
          "",
          "must be at most "
              + EventLimits.EVENT_BYTES
              + " bytes long, its event_id and event_key included");

  private final StrictJson json;
  private final Supplier<String> newId;
  private final ItemKey key;

  ItemAddress(StrictJson json, Supplier<String> newId, ItemKey key) {
    this.json = json;
    this.newId = newId;
    this.key = key;
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
    String keyAt = keyAt(item, found.draft);
    if (!found.draft.faults().isEmpty()) {
      return new Addressing.Unusable(found.draft.faults());
    }
    String ownId = found.draft.id();
    String id =
        switch (wanted) {
          case ItemId.OwnOrNew() -> ownId == null ? newId.get() : ownId;
          case ItemId.OwnOr(var other) -> ownId == null ? other : ownId;
          case ItemId.New() -> newId.get();
        };
    byte[] body = withId(id, item, found);
    if (keyAt != null) {
      char[] quoted = JsonStringEncoder.getInstance().quoteAsString(keyAt);
      body = putInFront(Wire.EVENT_KEY, new String(quoted), body);
    }
    return body.length > EventLimits.EVENT_BYTES
        ? unusable(TOO_LARGE)
        : new Addressing.Addressed(id, keyAt == null ? ownKey(found.draft) : keyAt, body);
  }

  /** The key that the item is given; {@code null} for none. */
  private @Nullable String keyAt(byte[] item, Draft draft) {
    if (!(key instanceof ItemKey.At(var place))
        || draft.key() != null
        || !draft.faults().isEmpty()) {
      return null;
    }
    String text = place.textIn(item);
    return text != null && draft.holdsKey("(from " + place + ") ", text) ? text : null;
  }

  private @Nullable String ownKey(Draft draft) {
    return key instanceof ItemKey.None ? null : draft.key();
  }

  private static byte[] withId(String id, byte[] item, Found found) {
    String own = found.draft.id();
    if (own == null) {
      return putInFront(Wire.EVENT_ID, id, item);
    }
    return own.equals(id) ? item : found.replaceId(item, id);
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

  /**
   * The object with one more member, as its first.
   *
   * @param text of a JSON string, with its escapes
   */
  private static byte[] putInFront(String name, String text, byte[] object) {
    int members = StrictJson.skipBlanks(object, 0) + 1;
    boolean empty = object[StrictJson.skipBlanks(object, members)] == '}';
    String opening = "{\"" + name + "\":\"" + text + (empty ? "\"" : "\",");
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
