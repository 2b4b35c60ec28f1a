package io.messagerelay.contract;

import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code traceparent} of an event: of which trace it is a part (W3C Trace Context §3.2). */
public final class Traceparent {
  /** W3C Trace Context §3.2.2.2: ids and flags. An id of zeros only is none. */
  private static final String TRACE = "-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}";

  /** A later version may go on behind a dash (§4.3); here it ends, because it is stored. */
  static final Pattern FORM =
      Pattern.compile("00" + TRACE + "|(?!00|ff)[0-9a-f]{2}" + TRACE + "(-[!-~]{0,199})?");

  private static final EventPlace PLACE = EventPlace.of("/" + Wire.TRACEPARENT);

  private Traceparent() {}

  /** That of the event, fit for a header; empty where it brings none, or what is none. */
  public static Optional<String> of(byte[] event) {
    return Optional.ofNullable(PLACE.textIn(event)).filter(FORM.asMatchPredicate());
  }
}
