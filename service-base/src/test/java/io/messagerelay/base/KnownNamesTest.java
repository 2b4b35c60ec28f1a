package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownNamesTest {

  @Test
  void secrets_are_known_with_their_files_and_others_without() {
    assertThat(KnownNames.all())
        .contains("SECRET_KEY", "SECRET_KEY_FILE", "MYSQL_ROOT_PASSWORD", "ENDPOINT_TO_POST")
        .doesNotContain("MYSQL_PORT_FILE");
  }
}
