package io.messagerelay.contract;

import static io.messagerelay.contract.Readings.bytes;
import static io.messagerelay.contract.Readings.faults;
import static io.messagerelay.contract.Readings.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that rules of a team's own look at, too. */
class EventRulesTest {
  private final List<String> seen = new ArrayList<>();
  private final EventJson json = new EventJson(() -> "new-id", ItemKey.OWN, new Rules());

  /** Refuses the type {@code bad} and notes what it is shown. */
  private final class Rules implements EventRules {
    @Override
    public boolean allowAnyPayload() {
      return true;
    }

    @Override
    public List<Fault> faults(String type, Payload payload, JsonText event) {
      seen.add(new String(event.bytes(), event.from(), event.length(), StandardCharsets.UTF_8));
      return type.equals("bad") ? List.of(new Fault("/event_payload", "is bad")) : List.of();
    }
  }

  private Reading read(String event) {
    return json.read(bytes(event), null);
  }

  private static String event(String type, String payload) {
    return "{\"event_payload\": %s ,\"event_type\":\"%s\"}".formatted(payload, type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"a\" :\t[1 ,\n 2]}",
        "1E400",
        "-0.10",
        "123456789012345678901234567890.0",
        "null",
        "true",
        "[]",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"ä\":\"\\ud83d\\ude00 😀 \\ud800\"}",
      })
  void a_payload_of_another_kind_is_kept_sign_by_sign(String payload) {
    assertThat(valid(read(event("t", payload))).payload())
        .isEqualTo(new Payload(Payload.Kind.JSON, payload));
    assertThat(valid(read("{\"event_type\":\"t\",\"event_payload\":" + payload + "}")).payload())
        .isEqualTo(new Payload(Payload.Kind.JSON, payload));
  }

  @Test
  void a_string_stays_a_string() {
    assertThat(valid(read(event("t", "\"\\u0061\""))).payload()).isEqualTo(Payload.ofString("a"));
  }

  @Test
  void each_item_of_a_batch_is_shown_alone_and_a_good_one_stays_beside_a_bad_one() {
    String good = event("t", "{\"ä\":1}");
    String bad = event("bad", "[1]");

    assertThat(json.readBody(bytes(" [ " + good + " ,\n" + bad + "," + good + "]"), null))
        .isInstanceOfSatisfying(
            BodyReading.Batch.class,
            batch ->
                assertThat(batch.readings())
                    .satisfiesExactly(
                        first -> assertThat(valid(first).payload().text()).isEqualTo("{\"ä\":1}"),
                        second ->
                            assertThat(faults(second)).containsExactly("/event_payload is bad"),
                        third -> assertThat(third).isInstanceOf(Reading.Valid.class)));
    assertThat(seen).containsExactly(good, bad, good);
  }

  @Test
  void only_what_has_the_built_in_form_is_shown() {
    assertThat(faults(read("{\"event_type\":\"\",\"event_payload\":{}}"))).hasSize(1);
    assertThat(faults(read(event("t", "[1")))).hasSize(1);
    assertThat(read(event("t", "[" + "1,".repeat(EventLimits.EVENT_BYTES / 2) + "1]")))
        .isInstanceOf(Reading.TooLarge.class);
    assertThat(seen).isEmpty();
  }
}
