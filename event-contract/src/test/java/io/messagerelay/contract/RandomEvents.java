package io.messagerelay.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes valid events, and writes them in any of the ways that JSON allows. */
final class RandomEvents {
  private static final String SIGNS =
      "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0085 aZ09~{}[]:,äéß€\u2028\ufeff\uffff";
  private static final String SHORT_ESCAPES = "\"\\/\b\f\n\r\t";
  private static final String SHORT_NAMES = "\"\\/bfnrt";

  private final Random random;

  RandomEvents(Random random) {
    this.random = random;
  }

  Event next() {
    return new Event(
        name(EventLimits.ID_LENGTH),
        name(EventLimits.NAME_LENGTH),
        Payload.ofString(text(random.nextInt(200), false)),
        random.nextBoolean() ? name(EventLimits.NAME_LENGTH) : null,
        random.nextBoolean() ? traceparent() : null);
  }

  /** One of the texts that stand for the event: its members in any order, blanks, escapes. */
  String write(Event event) {
    List<String> members = new ArrayList<>();
    add(members, "event_id", event.id());
    add(members, "event_type", event.type());
    add(members, "event_payload", event.payload().text());
    add(members, "event_key", event.key());
    add(members, "traceparent", event.traceparent());
    Collections.shuffle(members, random);
    return blanks() + "{" + blanks() + String.join(",", members) + "}" + blanks();
  }

  private void add(List<String> members, String name, @Nullable String value) {
    if (value != null) {
      members.add(blanks() + quoted(name) + blanks() + ":" + blanks() + quoted(value) + blanks());
    }
  }

  /** Without control characters, and with a letter at either end. */
  private String name(int longest) {
    return "n" + text(random.nextInt(Math.min(longest - 1, 40)), true) + "n";
  }

  private String traceparent() {
    return "00-%016x%016x-%016x-%02x"
        .formatted(
            random.nextLong() | 1, random.nextLong(), random.nextLong() | 1, random.nextInt(256));
  }

  private String text(int length, boolean printable) {
    StringBuilder text = new StringBuilder();
    while (text.codePointCount(0, text.length()) < length) {
      int codePoint = codePoint();
      if (!printable || !Character.isISOControl(codePoint)) {
        text.appendCodePoint(codePoint);
      }
    }
    return text.toString();
  }

  private int codePoint() {
    return switch (random.nextInt(4)) {
      case 0 -> SIGNS.charAt(random.nextInt(SIGNS.length()));
      case 1 -> 0x1F600 + random.nextInt(64);
      default -> 'a' + random.nextInt(26);
    };
  }

  private String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints().mapToObj(this::written).forEach(json::append);
    return json.append('"').toString();
  }

  private String written(int codePoint) {
    int known = SHORT_ESCAPES.indexOf(codePoint);
    if (known >= 0 && random.nextBoolean()) {
      return "\\" + SHORT_NAMES.charAt(known);
    }
    boolean must = codePoint < 0x20 || codePoint == '"' || codePoint == '\\';
    String itself = Character.toString(codePoint);
    return must || random.nextInt(8) == 0 ? escaped(itself) : itself;
  }

  /** One escape, or two for a character beyond U+FFFF. */
  private String escaped(String character) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < character.length(); i++) {
      String form = random.nextBoolean() ? "\\u%04x" : "\\u%04X";
      escaped.append(form.formatted((int) character.charAt(i)));
    }
    return escaped.toString();
  }

  private String blanks() {
    StringBuilder blanks = new StringBuilder();
    while (random.nextInt(3) == 0) {
      blanks.append(" \t\r\n".charAt(random.nextInt(4)));
    }
    return blanks.toString();
  }
}
