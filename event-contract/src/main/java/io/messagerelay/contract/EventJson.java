package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The event's JSON: reads it strictly, in one pass, and names every fault at once. Shared by
 * threads.
 *
 * <pre>
 * {
 *   "event_type":    string, 1 to 255 characters         what happened
 *   "event_payload": string, or what rules allow         what it happened to
 *   "event_id":      string, 1 to 64 characters          optional; unique
 *   "event_key":     string, 1 to 255 characters         optional; events of one key keep their order
 *   "traceparent":   string, W3C Trace Context           optional
 * }
 * </pre>
 *
 * <p>Nothing else is a member, and none stands twice. Characters are code points. Type, id and key
 * hold no control character and no blank at either end, an id is neither {@code .} nor {@code ..}
 * (see {@link Rule}). The document is JSON to the letter (see {@link StrictJson}). Where it is not,
 * the reading ends with that fault; any other fault lets it go on.
 */
public final class EventJson {
  /** The most faults named for one event. */
  public static final int MOST_FAULTS = 32;

  static final Fault NOT_AN_OBJECT = new Fault("", "must be a JSON object");

  private static final Fault NEITHER_OBJECT_NOR_ARRAY =
      new Fault("", "must be a JSON object, or a JSON array of such objects");

  private final Supplier<String> newId;
  private final EventRules rules;
  private final StrictJson single = new StrictJson(EventLimits.JSON_DEPTH);
  private final StrictJson batch = new StrictJson(EventLimits.JSON_DEPTH + 1);
  private final ItemAddress itemAddress;

  /** Of events that have the built-in form. */
  public EventJson(Supplier<String> newId) {
    this(newId, ItemKey.OWN);
  }

  /** The same with another key for {@link #address}. */
  public EventJson(Supplier<String> newId, ItemKey key) {
    this(newId, key, EventRules.BUILT_IN);
  }

  /**
   * @param newId makes an id for an event that brings none; it is written into JSON as it is
   * @param key what {@link #address} takes for an item's key
   * @param rules what events have to keep to beside the built-in form
   */
  public EventJson(Supplier<String> newId, ItemKey key, EventRules rules) {
    this.newId = newId;
    this.rules = rules;
    this.itemAddress = new ItemAddress(single, newId, key);
  }

  /**
   * Reads one event, a JSON object. Never throws for what the bytes are.
   *
   * @param idempotencyKey the id that came beside the body; {@code null} for none. It holds to the
   *     rules of an {@code event_id}, and is the same where both are there.
   */
  public Reading read(byte[] json, @Nullable String idempotencyKey) {
    Draft draft = new Draft(rules);
    if (idempotencyKey != null) {
      draft.takeIdBeside(idempotencyKey);
    }
    Fault end = single.read(json, tokens -> readEvent(tokens, draft));
    if (end != null) {
      draft.reject(end);
    }
    return draft.finish(JsonText.of(json), newId);
  }

  /**
   * Reads a whole body of {@code application/json}: an object is one event, an array is a batch.
   * One item's faults are its own; a document that is not JSON is malformed as a whole.
   *
   * @param idempotencyKey as in {@link #read}; of no meaning to a batch
   */
  public BodyReading readBody(byte[] json, @Nullable String idempotencyKey) {
    return switch (firstSign(json)) {
      case '{' -> new BodyReading.Single(read(json, idempotencyKey));
      case '[' -> readBatch(json);
      default -> readOther(json);
    };
  }

  /** Gives a source's item the id under which it is delivered, and its key. */
  public Addressing address(byte[] item, ItemId id) {
    return itemAddress.of(item, id);
  }

  private static int firstSign(byte[] json) {
    int at = StrictJson.skipBlanks(json, 0);
    return at == json.length ? -1 : json[at];
  }

  private BodyReading readBatch(byte[] json) {
    List<Reading> items = new ArrayList<>();
    Fault end = batch.read(json, tokens -> readItems(json, tokens, items));
    if (items.size() > EventLimits.BATCH_EVENTS) {
      return new BodyReading.TooMany();
    }
    return end == null ? new BodyReading.Batch(items) : malformed(end, json);
  }

  /** Stops behind the first item that is too many. */
  private void readItems(byte[] json, JsonParser tokens, List<Reading> items) throws IOException {
    while (items.size() <= EventLimits.BATCH_EVENTS && tokens.nextToken() != JsonToken.END_ARRAY) {
      int begin = (int) tokens.currentTokenLocation().getByteOffset();
      Draft draft = new Draft(rules);
      readEvent(tokens, draft);
      int end = (int) tokens.currentLocation().getByteOffset();
      items.add(draft.finish(new JsonText(json, begin, end), newId));
    }
  }

  private BodyReading readOther(byte[] json) {
    Fault end = single.read(json, JsonParser::skipChildren);
    return malformed(end == null ? NEITHER_OBJECT_NOR_ARRAY : end, json);
  }

  private static BodyReading malformed(Fault fault, byte[] json) {
    return new BodyReading.Malformed(fault, Glimpse.of(null, JsonText.of(json)));
  }

  private static void readEvent(JsonParser tokens, Draft draft) throws IOException {
    if (!tokens.isExpectedStartObjectToken()) {
      draft.reject(NOT_AN_OBJECT);
      tokens.skipChildren();
      tokens.finishToken();
      return;
    }
    for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
      tokens.nextToken();
      Member member = Member.named(name);
      if (member == null) {
        draft.rejectUnknown(name);
        tokens.skipChildren();
      } else {
        draft.read(member, tokens);
      }
    }
    draft.rejectMissing();
  }
}
