package io.messagerelay.contract;

import static io.messagerelay.contract.Readings.JSON;
import static io.messagerelay.contract.Readings.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressingTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"a":1}               ; {"event_id":"new-id","a":1}
          {}                    ; {"event_id":"new-id"}
          '{ \t\r\n}'           ; '{"event_id":"new-id" \t\r\n}'
          ' \n{ "a" : [ ] } \n' ; '{"event_id":"new-id", "a" : [ ] } \n'
          {"a":{"event_id":1}}  ; {"event_id":"new-id","a":{"event_id":1}}
          """,
      delimiter = ';')
  void an_item_without_an_id_gets_one_in_front(String item, String body) {
    assertAddressed(unescaped(item), "new-id", null, unescaped(body));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"event_id":"e1"}
          {"a":{"event_id":"no"},"event_id":"e1"}
          {"\\u0065vent_id":"\\u00651"}
          '  { "event_id" : "e1" }  '
          """,
      delimiter = ';')
  void an_item_with_its_own_id_stays_as_it_is(String item) {
    assertAddressed(item, "e1", null, item);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"a":1}                           ; {"event_id":"given","a":1}
          {"a":1,"event_id":"e1"}           ; {"a":1,"event_id":"e1"}
          """,
      delimiter = ';')
  void an_id_that_the_source_gives_is_for_items_without_one(String item, String body) {
    assertThat(text(JSON.address(bytes(item), new ItemId.OwnOr("given")))).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"a":1}                           ; {"event_id":"new-id","a":1}
          {"event_id":"e1"}                 ; {"event_id":"new-id"}
          {"ä":"ö", "event_id" : "\\u0065" , "b":2}  ; {"ä":"ö", "event_id" : "new-id" , "b":2}
          """,
      delimiter = ';')
  void a_new_id_takes_the_place_of_an_items_own(String item, String body) {
    assertThat(text(JSON.address(bytes(item), ItemId.NEW))).isEqualTo(body);
  }

  @Test
  void a_new_id_does_not_hide_that_an_items_own_is_none() {
    assertThat(JSON.address(bytes("{\"event_id\":7}"), ItemId.NEW))
        .isInstanceOf(Addressing.Unusable.class);
  }

  @Test
  void an_items_own_key_is_found() {
    assertAddressed(
        "{\"event_key\":\"k\",\"event_id\":\"e1\"}",
        "e1",
        "k",
        "{\"event_key\":\"k\",\"event_id\":\"e1\"}");
    assertAddressed(
        "{\"event_key\":\"k\"}", "new-id", "k", "{\"event_id\":\"new-id\",\"event_key\":\"k\"}");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"customer":"c 7"}                                ; /customer           ; c 7
          {"event_id":"e1","event_type":"t"}                ; /event_type         ; t
          {"a":[{"b":1},{"b":"second"}]}                    ; /a/1/b              ; second
          {"a/b":{"~":"tilde"}}                             ; /a~1b/~0            ; tilde
          {"n":12.50,"m":"no"}                              ; /n                  ; 12.50
          {"b":true}                                        ; /b                  ; true
          {"event_payload":"{\\"customer\\":{\\"id\\":\\"ü\\"}}"} ; /event_payload/customer/id ; ü
          {"event_payload":{"customer":"c"}}                ; /event_payload/customer ; c
          {"event_payload":"plain"}                         ; /event_payload      ; plain
          """,
      delimiter = ';')
  void the_key_of_an_item_without_one_is_what_stands_at_a_place_of_it(
      String item, String place, String key) {
    assertThat(keyAt(place, item)).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"customer":null}              ; /customer
          {"customer":{"id":"c"}}        ; /customer
          {"a":["c"]}                    ; /a
          {"a":["c"]}                    ; /a/1
          {}                             ; /customer
          {"event_payload":"no JSON"}    ; /event_payload/customer
          {"event_payload":"{"}          ; /event_payload/customer
          {"event_payload":"{} {}"}      ; /event_payload/customer
          {"event_payload":7}            ; /event_payload/customer
          """,
      delimiter = ';')
  void an_item_at_whose_place_nothing_stands_has_no_key(String item, String place) {
    assertThat(keyAt(place, item)).isNull();
  }

  @Test
  void a_key_from_a_place_is_sent_with_the_event() {
    assertThat(text(at("/c").address(bytes("{\"c\":\"\\u0022\u00e4\"}"), ItemId.OWN_OR_NEW)))
        .isEqualTo(
            "{\"event_key\":\"\\\"\u00e4\",\"event_id\":\"new-id\",\"c\":\"\\u0022\u00e4\"}");
    assertThat(text(at("/c").address(bytes("{\"event_id\":\"e\",\"c\":7}"), ItemId.OWN_OR_NEW)))
        .isEqualTo("{\"event_key\":\"7\",\"event_id\":\"e\",\"c\":7}");
  }

  @Test
  void an_items_own_key_goes_before_that_at_a_place() {
    String item = "{\"event_id\":\"e\",\"event_key\":\"own\",\"c\":7}";

    assertThat(keyAt("/c", item)).isEqualTo("own");
    assertThat(text(at("/c").address(bytes(item), ItemId.OWN_OR_NEW))).isEqualTo(item);
  }

  @Test
  void what_cannot_be_a_key_makes_the_item_unusable() {
    assertThat(at("/c").address(bytes("{\"c\":\" x\"}"), ItemId.OWN_OR_NEW))
        .isEqualTo(
            new Addressing.Unusable(
                List.of(new Fault("/event_key", "(from /c) must not begin or end with a blank"))));
  }

  @Test
  void an_item_whose_key_is_of_no_interest_is_sent_with_it() {
    String item = "{\"event_id\":\"e\",\"event_key\":\"own\"}";
    var json = new EventJson(() -> "new-id", ItemKey.NONE);

    assertThat(json.address(bytes(item), ItemId.OWN_OR_NEW))
        .isInstanceOfSatisfying(
            Addressing.Addressed.class, addressed -> assertThat(addressed.eventKey()).isNull());
    assertThat(text(json.address(bytes(item), ItemId.OWN_OR_NEW))).isEqualTo(item);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "customer", "#/customer"})
  void a_place_is_a_json_pointer_into_the_event(String pointer) {
    assertThatThrownBy(() -> EventPlace.of(pointer)).isInstanceOf(IllegalArgumentException.class);
  }

  private static EventJson at(String place) {
    return new EventJson(() -> "new-id", new ItemKey.At(EventPlace.of(place)));
  }

  private static @Nullable String keyAt(String place, String item) {
    return switch (at(place).address(bytes(item), ItemId.OWN_OR_NEW)) {
      case Addressing.Addressed(_, var key, _) -> key;
      case Addressing.Unusable unusable -> throw new AssertionError("unexpected: " + unusable);
    };
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"event_type":1,"x":[],"x":[],"traceparent":{}}
          {"event_type":"t","event_type":"t","event_payload":null}
          """,
      delimiter = ';')
  void all_other_faults_are_left_to_the_consumer(String item) {
    assertAddressed(item, "new-id", null, "{\"event_id\":\"new-id\"," + item.substring(1));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          {"event_id":null}             ; /event_id must be a string
          {"event_id":[["e1"]]}         ; /event_id must be a string
          {"event_id":""}               ; /event_id must be 1 to 64 characters long
          {"event_id":".."}             ; /event_id must not be . or ..
          {"event_id":"a","event_id":"a"} ; /event_id must stand only once
          {"event_key":1}               ; /event_key must be a string
          {"event_key":" k"}            ; /event_key must not begin or end with a blank
          {"event_key":"k","event_key":{}} ; /event_key must stand only once
          []                            ; must be a JSON object
          [{"event_id":"e1"}]           ; must be a JSON object
          "text"                        ; must be a JSON object
          ''                            ; must be JSON, but there is nothing
          {"a":01}                      ; must be JSON, but is not (line 1, column 6)
          {"a":1                        ; must be JSON, but ends too early (line 1, column 6)
          {} {}                         ; must end after the first JSON value (line 1, column 4)
          """,
      delimiter = ';')
  void an_item_that_nobody_could_store_is_unusable(String item, String fault) {
    assertThat(faults(bytes(item))).containsExactly(fault);
  }

  @Test
  void every_fault_of_id_and_key_is_named() {
    assertThat(faults(bytes("{\"event_key\":0,\"x\":1,\"event_id\":0,\"event_id\":0,\"y\":x}")))
        .containsExactly(
            "/event_key must be a string",
            "/event_id must be a string",
            "/event_id must stand only once",
            "must be JSON, but is not (line 1, column 53)");
  }

  @Test
  void an_item_that_is_not_utf8_is_unusable() {
    byte[] item = bytes("{\"a\":\"?\"}");
    item[6] = (byte) 0xff;

    assertThat(faults(item))
        .containsExactly("must be UTF-8 without a byte order mark (line 1, column 7)");
  }

  @Test
  void an_item_fits_with_its_id_or_is_unusable() {
    String tooLarge = "must be at most 262144 bytes long, its event_id and event_key included";
    int withId = EventLimits.EVENT_BYTES - "\"event_id\":\"new-id\",".length();

    assertThat(JSON.address(itemOf(withId), ItemId.OWN_OR_NEW))
        .isInstanceOfSatisfying(
            Addressing.Addressed.class,
            addressed -> assertThat(addressed.body()).hasSize(EventLimits.EVENT_BYTES));
    assertThat(faults(itemOf(withId + 1))).containsExactly(tooLarge);
    assertThat(faults(itemOf(EventLimits.EVENT_BYTES + 1))).containsExactly(tooLarge);
  }

  private static String text(Addressing addressing) {
    return switch (addressing) {
      case Addressing.Addressed(_, _, var body) -> new String(body, StandardCharsets.UTF_8);
      case Addressing.Unusable unusable -> throw new AssertionError("unexpected: " + unusable);
    };
  }

  private static byte[] itemOf(int size) {
    return bytes("{\"a\":\"" + "p".repeat(size - 8) + "\"}");
  }

  private static List<String> faults(byte[] item) {
    return switch (JSON.address(item, ItemId.OWN_OR_NEW)) {
      case Addressing.Unusable(List<Fault> faults) -> faults.stream().map(Fault::text).toList();
      case Addressing.Addressed addressed -> throw new AssertionError("unexpected: " + addressed);
    };
  }

  private static void assertAddressed(String item, String id, @Nullable String key, String body) {
    assertThat(JSON.address(bytes(item), ItemId.OWN_OR_NEW))
        .isInstanceOfSatisfying(
            Addressing.Addressed.class,
            addressed -> {
              assertThat(addressed.eventId()).isEqualTo(id);
              assertThat(addressed.eventKey()).isEqualTo(key);
              assertThat(new String(addressed.body(), StandardCharsets.UTF_8)).isEqualTo(body);
            });
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
  }
}
