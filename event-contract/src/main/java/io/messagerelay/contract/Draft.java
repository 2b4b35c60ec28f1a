package io.messagerelay.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has been read of one event: the members that are right, and all that is wrong. */
final class Draft {
  /** The longest piece of an unknown name that is repeated to its sender, in code points. */
  private static final int SHOWN_NAME = 32;

  private final Set<Member> seen = EnumSet.noneOf(Member.class);
  private final Map<Member, String> values = new EnumMap<>(Member.class);
  private final List<Fault> faults = new ArrayList<>();
  private final EventRules rules;
  private @Nullable String idBeside;

  // Where a payload lies that is no string; the end is 0 while there is none.
  private int payloadFrom;
  private int payloadTo;

  /** Of an item that is only addressed. */
  Draft() {
    this(EventRules.BUILT_IN);
  }

  Draft(EventRules rules) {
    this.rules = rules;
  }

  /** Takes the id that came beside the body, before the body is read. */
  void takeIdBeside(String id) {
    if (holds(Member.ID, "(as " + Wire.IDEMPOTENCY_KEY + ") ", id)) {
      idBeside = id;
    }
  }

  /** Reads a member's value, the parser's current token, to its end. */
  void read(Member member, JsonParser tokens) throws IOException {
    if (!seen.add(member)) {
      reject(member.fault("must stand only once"));
      tokens.skipChildren();
    } else if (tokens.hasToken(JsonToken.VALUE_STRING)) {
      take(member, tokens.getText());
    } else if (member == Member.PAYLOAD && rules.allowAnyPayload()) {
      payloadFrom = (int) tokens.currentTokenLocation().getByteOffset();
      tokens.skipChildren();
      payloadTo = (int) tokens.currentLocation().getByteOffset();
    } else {
      reject(member.fault("must be a string"));
      tokens.skipChildren();
    }
  }

  private void take(Member member, String text) {
    if (holds(member, "", text)) {
      values.put(member, text);
    }
    if (member == Member.ID && idBeside != null && !idBeside.equals(text)) {
      reject(member.fault("must be the same as the " + Wire.IDEMPOTENCY_KEY));
    }
  }

  /**
   * Whether it can be a key.
   *
   * @param which is said before what is wrong
   */
  boolean holdsKey(String which, String text) {
    return holds(Member.KEY, which, text);
  }

  private boolean holds(Member member, String which, String text) {
    boolean holds = true;
    for (Rule rule : member.rules()) {
      if (!rule.holds().test(text)) {
        reject(member.fault(which + rule.detail()));
        holds = false;
      }
    }
    return holds;
  }

  void rejectUnknown(String name) {
    reject(new Fault("/" + shown(name), "is not a member of an event"));
  }

  /** A name in a pointer (RFC 6901 §3). */
  private static String shown(String name) {
    return Fault.shown(name, SHOWN_NAME).replace("~", "~0").replace("/", "~1");
  }

  void reject(Fault fault) {
    if (faults.size() < EventJson.MOST_FAULTS) {
      faults.add(fault);
    }
  }

  /** Names the members that are missing, when the object's end was reached. */
  void rejectMissing() {
    for (Member member : Member.values()) {
      if (member.required() && !seen.contains(member)) {
        reject(member.fault("is missing; it must be a string"));
      }
    }
  }

  List<Fault> faults() {
    return faults;
  }

  /** The event's own id; {@code null} while it has none that is right. */
  @Nullable String id() {
    return values.getOrDefault(Member.ID, idBeside);
  }

  @Nullable String key() {
    return values.get(Member.KEY);
  }

  /**
   * The end of the reading.
   *
   * @param event as it came
   */
  Reading finish(JsonText event, Supplier<String> newId) {
    String id = id();
    if (event.length() > EventLimits.EVENT_BYTES) {
      return new Reading.TooLarge(id, event.length());
    }
    if (!faults.isEmpty()) {
      return faulty(id, faults, event);
    }
    String type = required(Member.TYPE);
    Payload payload = payload(event);
    List<Fault> broken = rules.faults(type, payload, event);
    return broken.isEmpty()
        ? new Reading.Valid(
            new Event(
                id == null ? newId.get() : id,
                type,
                payload,
                key(),
                values.get(Member.TRACEPARENT)))
        : faulty(id, broken, event);
  }

  private Reading faulty(@Nullable String id, List<Fault> faults, JsonText event) {
    return new Reading.Faulty(id, faults, Glimpse.of(values.get(Member.TYPE), event));
  }

  private Payload payload(JsonText event) {
    return payloadTo == 0
        ? Payload.ofString(required(Member.PAYLOAD))
        : new Payload(Payload.Kind.JSON, event.text(payloadFrom, payloadTo));
  }

  private String required(Member member) {
    return Objects.requireNonNull(values.get(member), "no fault, so it was read");
  }
}
