package io.messagerelay.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The members of an event, in the order in which missing ones are named. */
enum Member {
  TYPE(Wire.EVENT_TYPE, true),
  PAYLOAD(Wire.EVENT_PAYLOAD, true),
  ID(Wire.EVENT_ID, false),
  KEY(Wire.EVENT_KEY, false),
  TRACEPARENT(Wire.TRACEPARENT, false);

  private final String pointer;
  private final boolean required;

  Member(String name, boolean required) {
    this.pointer = "/" + name;
    this.required = required;
  }

  /** {@code null} for a name that no member has. */
  static @Nullable Member named(String name) {
    return switch (name) {
      case Wire.EVENT_TYPE -> TYPE;
      case Wire.EVENT_PAYLOAD -> PAYLOAD;
      case Wire.EVENT_ID -> ID;
      case Wire.EVENT_KEY -> KEY;
      case Wire.TRACEPARENT -> TRACEPARENT;
      default -> null;
    };
  }

  boolean required() {
    return required;
  }

  List<Rule> rules() {
    return switch (this) {
      case TYPE, KEY -> Rule.FOR_NAME;
      case PAYLOAD -> Rule.FOR_PAYLOAD;
      case ID -> Rule.FOR_ID;
      case TRACEPARENT -> Rule.FOR_TRACEPARENT;
    };
  }

  Fault fault(String detail) {
    return new Fault(pointer, detail);
  }
}
