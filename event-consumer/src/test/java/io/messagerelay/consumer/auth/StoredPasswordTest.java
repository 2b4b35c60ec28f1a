package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPasswordTest {

  @Test
  void a_plain_password_matches_itself_alone() {
    StoredPassword stored = StoredPassword.plain("pässword");

    assertThat(stored.matches("pässword")).isTrue();
    assertThat(stored.matches("password")).isFalse();
    assertThat(stored.matches("pässword ")).isFalse();
    assertThat(stored.matches("")).isFalse();
  }

  /** Vectors of the Argon2 and the crypt_blowfish test suites. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "password $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "password $argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        "U*U $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U $2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U $2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
      })
  void a_hash_matches_its_password_alone(String password, String hash) {
    StoredPassword stored = StoredPassword.hashed(hash);

    assertThat(stored.matches(password)).isTrue();
    assertThat(stored.matches(password + "x")).isFalse();
    assertThat(stored.matches("")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=262145,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ",
        "$2b$17$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
        "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
      })
  void refuses_what_is_no_hash_or_too_costly_without_showing_it(String hash) {
    assertThatThrownBy(() -> StoredPassword.hashed(hash))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is not a password hash that is understood; expected $argon2id$")
        .hasMessageNotContaining("CCCC")
        .hasMessageNotContaining("c29t");
  }
}
