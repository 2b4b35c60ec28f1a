package io.messagerelay.propagator.app.spools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.Entry;
import io.messagerelay.propagator.spool.Entry.State;
import io.messagerelay.propagator.spool.SpoolFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How events that wait are shown. */
final class ShownEntryTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00.500Z");
  private static final byte[] BODY = "{}".getBytes(UTF_8);
  private static final String ENTRY =
      """
      entry     main:3
      id        id-3
      key       order-7
      type      order.created
      source    data.json
      place     data.json[3]
      taken     2026-03-01T08:00:00.500Z
      attempts  5
      """;
  private static final String MEMBERS =
      "{\"spool\":\"main\",\"seq\":3,\"event_id\":\"id-3\",\"event_key\":\"order-7\","
          + "\"type\":\"order.created\",\"source\":\"data.json\",\"place\":\"data.json[3]\","
          + "\"taken\":\"2026-03-01T08:00:00.500Z\",\"attempts\":5,";

  private static ShownEntry shown(State state) {
    return new ShownEntry(
        new NamedSpool("main", new SpoolFolder(Path.of("var/spool"))),
        new Entry(3, "id-3", "order-7", "data.json", "data.json[3]", NOW, 5, BODY.length, state),
        Optional.of("order.created"));
  }

  @Test
  void one_in_its_lane_says_when_it_is_due() {
    ShownEntry shown = shown(new State.Waiting(Instant.EPOCH));

    assertThat(shown.line())
        .isEqualTo("main:3  2026-03-01T08:00:00Z  id-3  order.created  data.json[3]  attempts 5");
    assertThat(shown.page(BODY)).isEqualTo(ENTRY + "due       now\nbody      2 bytes\n{}");
    assertThat(shown.figures().json())
        .isEqualTo(MEMBERS + "\"due\":\"1970-01-01T00:00:00Z\",\"bytes\":2}");
  }

  @Test
  void one_that_is_set_aside_says_since_when_and_why() {
    ShownEntry shown = shown(new State.SetAside(NOW.plusSeconds(60), NOW, "500 \u001b[31mno", 4));

    assertThat(shown.line()).endsWith("  attempts 5, set aside: 500 \\u001b[31mno");
    assertThat(shown.page(BODY))
        .isEqualTo(
            ENTRY
                + """
                due       2026-03-01T08:01:00.500Z
                set aside 2026-03-01T08:00:00.500Z
                failures  4
                cause     500 \\u001b[31mno
                body      2 bytes
                {}""");
    assertThat(shown.figures().json())
        .isEqualTo(
            MEMBERS
                + "\"due\":\"2026-03-01T08:01:00.500Z\",\"set_aside\":\"2026-03-01T08:00:00.500Z\","
                + "\"failures\":4,\"cause\":\"500 \\u001B[31mno\",\"bytes\":2}");
  }

  @Test
  void one_that_waits_behind_it_says_which() {
    ShownEntry shown = shown(new State.Behind(1));

    assertThat(shown.line()).endsWith("  attempts 5, behind main:1");
    assertThat(shown.page(BODY)).isEqualTo(ENTRY + "behind    main:1\nbody      2 bytes\n{}");
    assertThat(shown.figures().json()).isEqualTo(MEMBERS + "\"behind\":1,\"bytes\":2}");
  }
}
