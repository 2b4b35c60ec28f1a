package io.messagerelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /** The example of FIPS 180-4. */
  @Test
  void digest_is_that_of_the_standard() {
    assertThat(HexFormat.of().formatHex(Sha256.of("abc")))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void texts_are_the_same_when_every_character_is() {
    assertThat(Sha256.same("secret", "secret")).isTrue();
    assertThat(Sha256.same("secret", "secret ")).isFalse();
    assertThat(Sha256.keyOf("ä")).hasSize(32).isNotEqualTo(Sha256.keyOf("a"));
  }
}
