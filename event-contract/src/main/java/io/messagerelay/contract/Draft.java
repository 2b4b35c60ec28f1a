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
  private @Nullable String idBeside;

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
    } else if (!tokens.hasToken(JsonToken.VALUE_STRING)) {
      reject(member.fault("must be a string"));
      tokens.skipChildren();
    } else {
      take(member, tokens.getText());
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

  /** A name in a pointer (RFC 6901 §3), fit for a log and for the strictest reader of JSON. */
  private static String shown(String name) {
    StringBuilder shown = new StringBuilder();
    name.codePoints().limit(SHOWN_NAME).map(Draft::printable).forEach(shown::appendCodePoint);
    if (name.codePointCount(0, name.length()) > SHOWN_NAME) {
      shown.append('…');
    }
    return shown.toString().replace("~", "~0").replace("/", "~1");
  }

  private static int printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          0xFFFD;
      default -> codePoint;
    };
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
   * @param bytes how large the event is on the wire
   */
  Reading finish(int bytes, Supplier<String> newId) {
    String id = id();
    if (bytes > EventLimits.EVENT_BYTES) {
      return new Reading.TooLarge(id, bytes);
    }
    if (!faults.isEmpty()) {
      return new Reading.Faulty(id, faults);
    }
    return new Reading.Valid(
        new Event(
            id == null ? newId.get() : id,
            required(Member.TYPE),
            Payload.ofString(required(Member.PAYLOAD)),
            key(),
            values.get(Member.TRACEPARENT)));
  }

  private String required(Member member) {
    return Objects.requireNonNull(values.get(member), "no fault, so it was read");
  }
}
