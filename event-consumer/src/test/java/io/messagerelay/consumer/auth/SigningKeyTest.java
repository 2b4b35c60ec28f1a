package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "0123456789abcdef0123456789abcde", "ééééééééééééééé"})
  void refuses_a_secret_under_32_bytes_with_the_line_that_makes_a_good_one(String secret) {
    assertThatThrownBy(() -> SigningKey.of(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 or more")
        .hasMessageContaining("openssl rand -hex 32");
  }

  @Test
  void does_not_show_the_secret_that_it_refuses() {
    assertThatThrownBy(() -> SigningKey.of("hunter2-hunter2"))
        .hasMessageNotContaining("hunter2")
        .hasMessageContaining("has 15 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcdef0123456789abcdef", "éééééééééééééééé"})
  void signs_with_32_bytes_of_utf_8(String secret) {
    var tokens =
        new AccessTokens(
            SigningKey.of(secret),
            new TokenTerms("relay", Duration.ofMinutes(1)),
            Clock.systemUTC(),
            new Random(1));

    assertThat(tokens.verify(tokens.issue("relay", Set.of("events:read"))))
        .isInstanceOf(TokenVerifier.Verification.Granted.class);
  }
}
