package io.messagerelay.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventTest {
  /** Digests and codes lie in databases: they never change. */
  @Test
  void the_content_digest_is_the_same_in_every_version() {
    assertThat(digest("order.created", Payload.ofString("4711")))
        .isEqualTo("d4cad7812f1800be110a486b4442c12ce99481312e16b8b7cfb13733cc645460");
    assertThat(digest("größer", Payload.ofString("\u0000é😀")))
        .isEqualTo("1d527747c9ca3f065c56883caefcc8b30e9f70a1b859b21d5b00b54805a883a8");
    assertThat(digest("order.created", new Payload(Payload.Kind.JSON, "4711")))
        .isEqualTo("e59af86a7c47c392374caae0cd40b3237e6a769d65c1803b7823a2e15d2d57db");
  }

  @Test
  void the_codes_of_the_kinds_are_the_same_in_every_version() {
    assertThat(Payload.Kind.STRING.code()).isZero();
    assertThat(Payload.Kind.JSON.code()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_kind_is_found_by_its_code(Payload.Kind kind) {
    assertThat(Payload.Kind.of(kind.code())).isEqualTo(kind);
  }

  @Test
  void a_code_of_no_kind_is_thrown() {
    assertThatThrownBy(() -> Payload.Kind.of(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void the_content_is_kind_type_and_payload_and_nothing_else() {
    String digest = digest("ab", Payload.ofString("c"));

    assertThat(digest("a", Payload.ofString("bc"))).isNotEqualTo(digest);
    assertThat(digest("ab", new Payload(Payload.Kind.JSON, "c"))).isNotEqualTo(digest);
    assertThat(digest("AB", Payload.ofString("c"))).isNotEqualTo(digest);
    assertThat(hex(new Event("other", "ab", Payload.ofString("c"), "key", "trace")))
        .isEqualTo(digest);
  }

  @Test
  void texts_that_only_look_the_same_are_different_content() {
    String composed = digest("t", Payload.ofString("\u00e9"));
    String decomposed = digest("t", Payload.ofString("e\u0301"));

    assertThat(composed).isNotEqualTo(decomposed);
  }

  private static String digest(String type, Payload payload) {
    return hex(new Event("id", type, payload, null, null));
  }

  private static String hex(Event event) {
    return HexFormat.of().formatHex(event.contentDigest());
  }
}
